import type { Dispatch, RefObject } from 'react';
import type { Report } from '../analysis/report.ts';
import { TIME_ZONES } from '../state/view.ts';
import type { View, ViewEvent } from '../state/view.ts';
import { Choice } from './choice.tsx';
import { formatCount } from './format.ts';
import { LimitField } from './limit-field.tsx';
import { ScoreNotes } from './score-notes.tsx';

const ZONE_LABELS = { utc: 'UTC', local: 'local' } as const;

interface Props {
  report: Report;
  shown: number;
  rescoring: boolean;
  view: View;
  dispatch: Dispatch<ViewEvent>;
  filterRef: RefObject<HTMLInputElement | null>;
  onLimit: (minFlows: number) => void;
}

/** The line over the table: filter, limit, what the score is, and the time zone. */
export function Controls({ report, shown, rescoring, view, dispatch, filterRef, onLimit }: Props) {
  const total = report.connections.length;
  return (
    <div className="controls">
      <div className="filter">
        <input
          ref={filterRef} type="search" value={view.filter} placeholder="Filter: address, name or :port" aria-label="Filter"
          aria-describedby="shown" autoComplete="off" spellCheck={false}
          onChange={(event) => dispatch({ type: 'filtered', filter: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            if (view.filter === '') event.currentTarget.blur();
            else dispatch({ type: 'filtered', filter: '' });
          }}
        />
        <span id="shown" className="quiet">
          {view.filter === '' ? `${formatCount(total)} shown` : `${formatCount(shown)} of ${formatCount(total)} shown`}
        </span>
      </div>
      <LimitField minFlows={report.settings.minFlows} listed={total} groups={report.groups} rescoring={rescoring} onLimit={onLimit} />
      <div className="controls-end">
        <ScoreNotes />
        <Choice
          legend="Time zone" options={TIME_ZONES} labels={ZONE_LABELS} value={view.timeZone}
          onChange={(timeZone) => dispatch({ type: 'zoned', timeZone })}
        />
      </div>
    </div>
  );
}
