import { useCallback, useMemo } from 'react';
import type { Dispatch, RefObject } from 'react';
import type { ConnectionDetail, Report } from '../analysis/report.ts';
import type { ListSettings } from '../analysis/settings.ts';
import { foldedRows, headGroups, twinCounts } from '../state/fold.ts';
import { openRow, ShownRows } from '../state/shown-rows.ts';
import type { View, ViewEvent } from '../state/view.ts';
import type { Outcome, Scoring } from '../worker/protocol.ts';
import { AsideLine } from './aside-line.tsx';
import { Controls } from './controls.tsx';
import { ConnectionDetailPane } from './detail/detail-pane.tsx';
import { EmptyResult } from './empty-result.tsx';
import { HeadlineRow } from './headline-row.tsx';
import { ListPanel } from './lists/list-panel.tsx';
import { ConnectionGrid } from './table/connection-grid.tsx';
import { panelId, tabId, Tabs } from './tabs.tsx';
import { useSetAside } from './use-set-aside.ts';
import './results.css';

interface Props {
  report: Report;
  rescoring: boolean;
  scoring: Scoring | null;
  view: View;
  dispatch: Dispatch<ViewEvent>;
  filterRef: RefObject<HTMLInputElement | null>;
  onList: (settings: Partial<ListSettings>) => void;
  editAllow: (edit: (allow: string) => string) => void;
  fetchDetail: (group: number) => Promise<Outcome<ConnectionDetail>>;
}

/** A report: the headline, the controls, the table, and the open connection beside it. */
export function Results({
  report,
  rescoring,
  scoring,
  view,
  dispatch,
  filterRef,
  onList,
  editAllow,
  fetchDetail,
}: Props) {
  const { connections } = report;
  const { ranking, sort, hidden, filter } = view;
  const shown = useMemo(() => new ShownRows(report), [report]);
  const { texts } = shown;
  const found = useMemo(() => shown.of({ ranking, sort, hidden, filter }), [shown, ranking, sort, hidden, filter]);
  const twins = useMemo(() => twinCounts(found, connections), [found, connections]);
  const rows = useMemo(
    () => foldedRows(found, connections, twins, view.unfolded),
    [found, connections, twins, view.unfolded],
  );
  const aside = useSetAside(editAllow);
  // Another grouping numbers other groups: until its report is here, none of these can be opened.
  const regrouping = report.settings.grouping !== view.grouping;
  const open = openRow(report, view);
  const select = useCallback(
    (group: number | null) => {
      if (!regrouping) dispatch({ type: 'selected', group });
    },
    [dispatch, regrouping],
  );

  return (
    <main className="results" aria-busy={rescoring}>
      <HeadlineRow
        report={report}
        texts={texts}
        onOpen={(row) => select(connections.group[row])}
        onTab={(tab) => dispatch({ type: 'tabbed', tab })}
      />
      <Tabs report={report} tab={view.tab} dispatch={dispatch} />
      <div className="tab-panel" role="tabpanel" id={panelId(view.tab)} aria-labelledby={tabId(view.tab)}>
        {view.tab === 'connections' && (
          <>
            <Controls
              report={report}
              shown={found.length}
              rescoring={rescoring}
              scoring={scoring}
              view={view}
              dispatch={dispatch}
              filterRef={filterRef}
              onList={onList}
            />
            <AsideLine
              triage={report.triage}
              aside={aside}
              heads={headGroups(connections, twins)}
              unfolded={view.unfolded}
              onUnfold={(groups) => dispatch({ type: 'unfoldedAll', groups })}
            />
          </>
        )}
        {view.tab === 'connections' && connections.length === 0 && (
          <EmptyResult report={report} onLimit={(minFlows) => onList({ minFlows })} />
        )}
        <div className={open < 0 ? 'split' : 'split split-open'}>
          {view.tab === 'connections' && connections.length > 0 && (
            <ConnectionGrid
              report={report}
              texts={texts}
              rows={rows}
              twins={twins}
              aside={aside}
              view={view}
              dispatch={dispatch}
              onOpen={select}
            />
          )}
          {view.tab !== 'connections' && (
            <div className="list-side">
              <ListPanel report={report} view={view} dispatch={dispatch} filterRef={filterRef} onOpen={select} />
            </div>
          )}
          {open >= 0 && (
            <ConnectionDetailPane
              key={`${view.grouping} ${connections.group[open]}`}
              report={report}
              texts={texts}
              row={open}
              timeZone={view.timeZone}
              fetchDetail={fetchDetail}
              aside={aside}
              onClose={() => select(null)}
            />
          )}
        </div>
      </div>
    </main>
  );
}
