import { useMemo } from 'react';
import type { Dispatch, RefObject } from 'react';
import type { ConnectionDetail, Report } from '../analysis/report.ts';
import { filteredRows, sortedRows } from '../state/order.ts';
import { RowTexts } from '../state/row-texts.ts';
import type { View, ViewEvent } from '../state/view.ts';
import type { Outcome } from '../worker/protocol.ts';
import { Controls } from './controls.tsx';
import { ConnectionDetailPane } from './detail/detail-pane.tsx';
import { EmptyResult } from './empty-result.tsx';
import { HeadlineRow } from './headline-row.tsx';
import { ConnectionGrid } from './table/connection-grid.tsx';
import './results.css';

interface Props {
  report: Report;
  rescoring: boolean;
  view: View;
  dispatch: Dispatch<ViewEvent>;
  filterRef: RefObject<HTMLInputElement | null>;
  onLimit: (minFlows: number) => void;
  fetchDetail: (group: number) => Promise<Outcome<ConnectionDetail>>;
}

/** A report: the headline, the controls, the table, and the open connection beside it. */
export function Results({ report, rescoring, view, dispatch, filterRef, onLimit, fetchDetail }: Props) {
  const { connections } = report;
  const texts = useMemo(() => new RowTexts(report), [report]);
  const sorted = useMemo(() => sortedRows(connections, texts, view.sort), [connections, texts, view.sort]);
  const rows = useMemo(() => filteredRows(sorted, texts, view.filter), [sorted, texts, view.filter]);
  const open = view.selected === null ? -1 : connections.group.indexOf(view.selected);
  const select = (group: number | null) => dispatch({ type: 'selected', group });

  return (
    <main className="results" aria-busy={rescoring}>
      <HeadlineRow report={report} texts={texts} onOpen={(row) => select(connections.group[row])} />
      <Controls report={report} shown={rows.length} rescoring={rescoring} view={view} dispatch={dispatch} filterRef={filterRef} onLimit={onLimit} />
      {connections.length === 0 ? (
        <EmptyResult report={report} onLimit={onLimit} />
      ) : (
        <div className={open < 0 ? 'split' : 'split split-open'}>
          <ConnectionGrid report={report} texts={texts} rows={rows} view={view} dispatch={dispatch} />
          {open >= 0 && (
            <ConnectionDetailPane
              key={connections.group[open]} report={report} texts={texts} row={open} timeZone={view.timeZone}
              fetchDetail={fetchDetail} onClose={() => select(null)}
            />
          )}
        </div>
      )}
    </main>
  );
}
