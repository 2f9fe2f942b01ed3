import { useCallback } from 'react';
import type { Dispatch, RefObject } from 'react';
import type { Report } from '../analysis/report.ts';
import type { ListSettings } from '../analysis/settings.ts';
import { RANKING_DESCRIPTIONS, RANKINGS } from '../state/rankings.ts';
import type { Ranking } from '../state/rankings.ts';
import type { View, ViewEvent } from '../state/view.ts';
import type { Scoring } from '../worker/protocol.ts';
import { Choice } from './choice.tsx';
import { FilterField } from './filter-field.tsx';
import { formatCount, formatCounted } from './format.ts';
import { GroupingChoice } from './grouping-choice.tsx';
import { HideToggles } from './hide-toggles.tsx';
import { LimitField } from './limit-field.tsx';
import { scoredSoFar } from './pace.ts';
import { RankingLine } from './ranking-line.tsx';
import { ZoneChoice } from './zone-choice.tsx';

const RANKING_LABELS = Object.fromEntries(
  RANKINGS.map((ranking) => [ranking, RANKING_DESCRIPTIONS[ranking].label]),
) as Record<Ranking, string>;

interface Props {
  report: Report;
  shown: number;
  rescoring: boolean;
  /** How far that has come; null while it is not known. */
  scoring: Scoring | null;
  view: View;
  dispatch: Dispatch<ViewEvent>;
  filterRef: RefObject<HTMLInputElement | null>;
  onList: (settings: Partial<ListSettings>) => void;
}

/** The lines over the table: what is looked for, what ranks and what that means, what is grouped, and what is left out. */
export function Controls({ report, shown, rescoring, scoring, view, dispatch, filterRef, onList }: Props) {
  const { connections, settings } = report;
  const limitList = useCallback((minFlows: number) => onList({ minFlows }), [onList]);
  return (
    <div className="controls">
      <div className="controls-line">
        <FilterField
          filter={view.filter}
          shown={shown}
          total={connections.length}
          dispatch={dispatch}
          inputRef={filterRef}
        />
        <div className="labelled">
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
        <div className="controls-end">
          <ZoneChoice timeZone={view.timeZone} dispatch={dispatch} />
        </div>
      </div>
      <RankingLine report={report} ranking={view.ranking} />
      <div className="controls-line">
        <LimitField
          label="more than"
          limit={settings.minFlows}
          onLimit={limitList}
          note={rescoring ? scoringNote(scoring) : limitNote(report)}
        />
        {scoring !== null && <progress aria-label="Connections scored" max={scoring.listed} value={scoring.scored} />}
        <HideToggles table={connections} hidden={view.hidden} dispatch={dispatch} />
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
