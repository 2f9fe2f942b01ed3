import type { Dispatch, RefObject } from 'react';
import type { Report } from '../analysis/report.ts';
import type { View, ViewEvent } from '../state/view.ts';
import { FilterField } from './filter-field.tsx';
import { HideToggles } from './hide-toggles.tsx';
import { ZoneChoice } from './zone-choice.tsx';

interface Props {
  report: Report;
  shown: number;
  total: number;
  view: View;
  dispatch: Dispatch<ViewEvent>;
  filterRef: RefObject<HTMLInputElement | null>;
}

/** The line over the lists beside the connections: the same filters, without what only ranks connections. */
export function ListControls({ report, shown, total, view, dispatch, filterRef }: Props) {
  return (
    <div className="controls">
      <div className="controls-line">
        <FilterField filter={view.filter} shown={shown} total={total} dispatch={dispatch} inputRef={filterRef} />
        {view.tab === 'long' && <HideToggles table={report.connections} hidden={view.hidden} dispatch={dispatch} />}
        <div className="controls-end">
          <ZoneChoice timeZone={view.timeZone} dispatch={dispatch} />
        </div>
      </div>
    </div>
  );
}
