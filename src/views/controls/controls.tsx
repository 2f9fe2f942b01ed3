import type { RefObject } from 'react';
import type { FilteredList } from '../../filter/list.ts';
import { RANKING_DESCRIPTIONS, RANKINGS } from '../../state/rankings.ts';
import type { Ranking } from '../../state/rankings.ts';
import type { Scoring } from '../../worker/protocol.ts';
import { useIsSoFar, useLook } from '../context.ts';
import { ScoreNotes } from '../panels/score-notes.tsx';
import { scoredSoFar } from '../reading/pace.ts';
import { Choice, NarrowChoice } from './choice.tsx';
import { FilterField } from './filter-field.tsx';
import { usePhone } from './layout.ts';
import { Tabs } from './tabs.tsx';
import { ViewPanel } from './view-panel.tsx';
import textStyles from '../text/text.module.css';
import styles from './controls.module.css';

const RANKING_LABELS = Object.fromEntries(
  RANKINGS.map((ranking) => [ranking, RANKING_DESCRIPTIONS[ranking].label]),
) as Record<Ranking, string>;

interface Props {
  /** The list of this tab as the filter sees it. */
  list: FilteredList;
  /** Rows shown, of how many listed in this tab. */
  shown: number;
  total: number;
  rescoring: boolean;
  /** How far that has come; null while it is not known. */
  scoring: Scoring | null;
  filterRef: RefObject<HTMLInputElement | null>;
}

/** The line over the lists: which list, what is looked for and what ranks; all else that changes a list is in a panel. */
export function Controls({ list, shown, total, rescoring, scoring, filterRef }: Props) {
  const { view, dispatch } = useLook();
  const isSoFar = useIsSoFar();
  const ranks = view.tab === 'connections';
  const RankingChoice = usePhone() ? NarrowChoice : Choice;
  return (
    <div className={styles.controls}>
      {!isSoFar && <Tabs />}
      <FilterField list={list} shown={shown} total={total} inputRef={filterRef} />
      {ranks && (
        <RankingChoice
          legend="Rank by"
          options={RANKINGS}
          labels={RANKING_LABELS}
          value={view.ranking}
          onChange={(ranking) => dispatch({ type: 'ranked', ranking })}
        />
      )}
      {rescoring && (
        <span className={`${textStyles.quiet} ${styles.scoring}`} data-testid="scoring">
          {scoring === null ? 'scoring …' : `scoring … ${scoredSoFar(scoring)}`}
          {scoring !== null && <progress aria-label="Connections scored" max={scoring.listed} value={scoring.scored} />}
        </span>
      )}
      <div className={styles.end}>
        {ranks && <ScoreNotes />}
        {!isSoFar && <ViewPanel />}
      </div>
    </div>
  );
}
