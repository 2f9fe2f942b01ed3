import { useCallback, useMemo } from 'react';
import type { RefObject } from 'react';
import { foldedRows, headGroups, twinCounts } from '../../state/fold.ts';
import { openRow, type ShownRows } from '../../state/shown-rows.ts';
import type { Scoring } from '../../worker/protocol.ts';
import { ConnectionGrid } from '../connections/connection-grid.tsx';
import { useSetAside } from '../connections/use-set-aside.ts';
import { useActions, useLook } from '../context.ts';
import { Controls } from '../controls/controls.tsx';
import { ConnectionDetailPane } from '../detail/detail-pane.tsx';
import { AsideLine } from './aside-line.tsx';
import { EmptyResult } from './empty-result.tsx';
import { HeadlineRow } from './headline-row.tsx';
import { ListPanel } from './list-panel.tsx';
import { panelId, tabId, Tabs } from './tabs.tsx';
import styles from './results.module.css';

interface Props {
  shown: ShownRows;
  /** Whether the flows are being scored again, and how far that has come. */
  rescoring: boolean;
  scoring: Scoring | null;
  filterRef: RefObject<HTMLInputElement | null>;
}

/** A report: the headline, the controls, the table, and the open connection beside it. */
export function Results({ shown, rescoring, scoring, filterRef }: Props) {
  const { report } = shown;
  const { connections } = report;
  const { view, dispatch } = useLook();
  const { relist, editAllow } = useActions();
  const { ranking, sort, hidden, filter } = view;
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
    <main className={styles.results} aria-label="Results" aria-busy={rescoring}>
      <HeadlineRow onOpen={(row) => select(connections.group[row])} />
      <Tabs />
      <div className={styles.tabPanel} role="tabpanel" id={panelId(view.tab)} aria-labelledby={tabId(view.tab)}>
        {view.tab === 'connections' && (
          <>
            <Controls shown={found.length} rescoring={rescoring} scoring={scoring} filterRef={filterRef} />
            <AsideLine aside={aside} heads={headGroups(connections, twins)} />
          </>
        )}
        {view.tab === 'connections' && connections.length === 0 && (
          <EmptyResult report={report} onLimit={(minFlows) => relist({ minFlows })} />
        )}
        <div className={open < 0 ? styles.split : `${styles.split} ${styles.splitOpen}`}>
          {view.tab === 'connections' && connections.length > 0 && (
            <ConnectionGrid rows={rows} twins={twins} aside={aside} onOpen={select} />
          )}
          {view.tab !== 'connections' && (
            <div className={styles.listSide}>
              <ListPanel filterRef={filterRef} onOpen={select} />
            </div>
          )}
          {open >= 0 && (
            <ConnectionDetailPane
              key={`${view.grouping} ${connections.group[open]}`}
              row={open}
              aside={aside}
              onClose={() => select(null)}
            />
          )}
        </div>
      </div>
    </main>
  );
}
