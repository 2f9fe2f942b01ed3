import { useCallback, useMemo } from 'react';
import type { ReactNode, RefObject } from 'react';
import { chosenRows } from '../../state/chosen.ts';
import { viewFilter } from '../../state/filters.ts';
import { foldedRows, headGroups, twinCounts } from '../../state/fold.ts';
import { tabList, tabRows } from '../../state/list-rows.ts';
import { openDomain, openHost, openRow, type ShownRows } from '../../state/shown-rows.ts';
import type { Tab } from '../../state/view.ts';
import type { Failure, Scoring } from '../../worker/protocol.ts';
import { ChosenConnections } from '../connections/chosen-connections.tsx';
import { ConnectionGrid } from '../connections/connection-grid.tsx';
import { useSetAside } from '../connections/use-set-aside.ts';
import { useActions, useIsSoFar, useLook, useRemarks } from '../context.ts';
import { Controls } from '../controls/controls.tsx';
import { panelId, tabId } from '../controls/tabs.tsx';
import { useKeys } from '../controls/use-keys.ts';
import { ConnectionDetailPane } from '../detail/detail-pane.tsx';
import { DnsPane } from '../dns/dns-pane.tsx';
import { HostPane } from '../hosts/host-pane.tsx';
import { RowSoFar } from '../reading/row-so-far.tsx';
import { AsideParts } from './aside-parts.tsx';
import { DoneParts } from './done-parts.tsx';
import { EmptyResult } from './empty-result.tsx';
import { HeadlineRow } from './headline-row.tsx';
import { ListPanel } from './list-panel.tsx';
import textStyles from '../text/text.module.css';
import styles from './results.module.css';

interface Props {
  shown: ShownRows;
  /** Whether the flows are being scored again, and how far that has come. */
  rescoring: boolean;
  scoring: Scoring | null;
  /** Why that came to nothing. */
  failure: Failure | null;
  /** How far reading has come, while these are the rows of what was read so far. */
  reading: ReactNode;
  filterRef: RefObject<HTMLInputElement | null>;
}

/** A report: the headline, the controls, the table, and the open connection beside it. */
export function Results({ shown, rescoring, scoring, failure, reading, filterRef }: Props) {
  const { report } = shown;
  const { connections } = report;
  const { view, dispatch } = useLook();
  const { relist } = useActions();
  const isSoFar = useIsSoFar();
  const { ranking, sort, hidden, filter, timeZone } = view;
  const { remarks, undo } = useRemarks();
  const found = useMemo(
    () => shown.of({ ranking, sort, hidden, filter, timeZone }, remarks),
    [shown, ranking, sort, hidden, filter, timeZone, remarks],
  );
  const twins = useMemo(() => twinCounts(found, connections), [found, connections]);
  const rows = useMemo(
    () => foldedRows(found, connections, twins, view.unfolded),
    [found, connections, twins, view.unfolded],
  );
  const list = useMemo(
    () => (view.tab === 'connections' ? shown.list(remarks) : tabList(report, view.tab, remarks)),
    [shown, report, view.tab, remarks],
  );
  const listRows = useMemo(
    () => (list.kind === 'connections' ? [] : tabRows(report, list, viewFilter({ filter, timeZone }), hidden)),
    [report, list, filter, timeZone, hidden],
  );
  const counts = {
    hosts: [listRows.length, report.hosts.length],
    connections: [found.length, connections.length],
    long: [listRows.length, report.long.length],
    dns: [listRows.length, report.dns.length],
  } as const;
  const [shownCount, total] = counts[view.tab];
  const chosen = useMemo(
    () => chosenRows(rows, (row) => connections.group[row], view.chosen),
    [rows, connections, view.chosen],
  );
  const aside = useSetAside();
  useKeys({ u: undo, 'Ctrl+z': undo });
  // Another grouping numbers other groups: until its report is here, none of these can be opened.
  const regrouping = report.settings.grouping !== view.grouping;
  const open = openRow(report, view);
  const host = open < 0 ? openHost(shown, view) : -1;
  const domain = open < 0 ? openDomain(report, view) : -1;
  const select = useCallback(
    (group: number | null) => {
      if (!regrouping) dispatch({ type: 'selected', group });
    },
    [dispatch, regrouping],
  );

  return (
    <main className={styles.results} aria-label={isSoFar ? 'Reading' : 'Results'} aria-busy={rescoring || isSoFar}>
      {isSoFar ? reading : <HeadlineRow onOpen={(row) => select(connections.group[row])} />}
      <Controls
        list={list}
        shown={shownCount}
        total={total}
        rescoring={rescoring}
        scoring={scoring}
        filterRef={filterRef}
      />
      <div className={styles.tabPanel} {...(isSoFar ? {} : panelOf(view.tab))}>
        <div className={open < 0 && host < 0 && domain < 0 ? styles.split : `${styles.split} ${styles.splitOpen}`}>
          <div className={styles.listSide}>
            {view.tab !== 'connections' && <ListPanel rows={listRows} onOpen={select} />}
            {view.tab === 'connections' && connections.length === 0 && (
              <EmptyResult report={report} onLimit={(minFlows) => relist({ minFlows })} />
            )}
            {view.tab === 'connections' && connections.length > 0 && (
              <ConnectionGrid rows={rows} twins={twins} chosen={chosen} aside={aside} onOpen={select} />
            )}
            {view.tab === 'connections' && chosen.length > 0 && !isSoFar && (
              <ChosenConnections rows={chosen} aside={aside} />
            )}
            <div className={styles.asideLine} data-testid="aside-line">
              {view.tab === 'connections' && <AsideParts heads={headGroups(connections, twins)} />}
              <DoneParts />
              {failure !== null && (
                <span className={textStyles.warn} role="alert">
                  ⚠ It could not be listed anew ({failure.message}): what is shown is as it was. Open the captures again
                  for more.
                </span>
              )}
            </div>
          </div>
          {host >= 0 && (
            <HostPane
              key={host}
              row={host}
              onOpen={select}
              onClose={() => dispatch({ type: 'hosted', address: null })}
            />
          )}
          {open >= 0 && isSoFar && <RowSoFar row={open} onClose={() => select(null)} />}
          {domain >= 0 && (
            <DnsPane key={domain} row={domain} onClose={() => dispatch({ type: 'asked-for', key: null })} />
          )}
          {open >= 0 && !isSoFar && (
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

/** What ties what a tab shows to the tab. */
function panelOf(tab: Tab) {
  return { role: 'tabpanel', id: panelId(tab), 'aria-labelledby': tabId(tab) };
}
