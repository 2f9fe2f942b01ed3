import { useCallback } from 'react';
import type { RefObject } from 'react';
import type { Report } from '../../analysis/report/report.ts';
import { RANKING_DESCRIPTIONS, RANKINGS } from '../../state/rankings.ts';
import type { Ranking } from '../../state/rankings.ts';
import type { Scoring } from '../../worker/protocol.ts';
import { useActions, useLook, useReport } from '../context.ts';
import { scoredSoFar } from '../reading/pace.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import { Choice } from './choice.tsx';
import { ZoneChoice } from './controls-line.tsx';
import { FilterField } from './filter-field.tsx';
import { GroupingChoice } from './grouping-choice.tsx';
import { HideToggles } from './hide-toggles.tsx';
import { LimitField } from './limit-field.tsx';
import { RankingLine } from './ranking-line.tsx';
import styles from './controls.module.css';

const RANKING_LABELS = Object.fromEntries(
  RANKINGS.map((ranking) => [ranking, RANKING_DESCRIPTIONS[ranking].label]),
) as Record<Ranking, string>;

interface Props {
  shown: number;
  rescoring: boolean;
  /** How far that has come; null while it is not known. */
  scoring: Scoring | null;
  filterRef: RefObject<HTMLInputElement | null>;
}

/** The lines over the table: what is looked for, what ranks and what that means, what is grouped, and what is left out. */
export function Controls({ shown, rescoring, scoring, filterRef }: Props) {
  const { report } = useReport();
  const { view, dispatch } = useLook();
  const { relist } = useActions();
  const { connections, settings } = report;
  const limitList = useCallback((minFlows: number) => relist({ minFlows }), [relist]);
  return (
    <div className={styles.controls}>
      <div className={styles.controlsLine}>
        <FilterField shown={shown} total={connections.length} inputRef={filterRef} />
        <div className={styles.labelled}>
          <span aria-hidden="true">Rank by</span>
          <Choice
            legend="Rank by"
            options={RANKINGS}
            labels={RANKING_LABELS}
            value={view.ranking}
            onChange={(ranking) => dispatch({ type: 'ranked', ranking })}
          />
        </div>
        <GroupingChoice grouping={view.grouping} onGrouping={(grouping) => dispatch({ type: 'grouped', grouping })} />
        <div className={styles.controlsEnd}>
          <ZoneChoice />
        </div>
      </div>
      <RankingLine />
      <div className={styles.controlsLine}>
        <LimitField
          label="more than"
          limit={settings.minFlows}
          onLimit={limitList}
          note={rescoring ? scoringNote(scoring) : limitNote(report)}
        />
        {scoring !== null && <progress aria-label="Connections scored" max={scoring.listed} value={scoring.scored} />}
        <HideToggles />
      </div>
    </div>
  );
}

function scoringNote(scoring: Scoring | null): string {
  return scoring === null ? 'scoring …' : `scoring … ${scoredSoFar(scoring)}`;
}

/** What the limit leaves out, and what is listed in spite of it. */
function limitNote({ groups, connections, insideOnly, lostMessages }: Report): string {
  return [
    `hidden: ${formatCount(groups - connections.length)} with fewer`,
    ...(insideOnly === 0 ? [] : [`${formatCount(insideOnly)} listed for messages inside a session`]),
    ...(lostMessages === 0 ? [] : [`${formatCounted(lostMessages, 'message')} inside sessions found no room`]),
  ].join('; ');
}
