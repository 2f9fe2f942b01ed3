import { useMemo } from 'react';
import type { Dispatch, RefObject } from 'react';
import type { Report } from '../../analysis/report.ts';
import { dnsRows, longRows } from '../../state/list-rows.ts';
import type { View, ViewEvent } from '../../state/view.ts';
import { ListControls } from '../list-controls.tsx';
import { DnsPairList } from './dns-pairs.tsx';
import { LongSessionList } from './long-sessions.tsx';

interface Props {
  report: Report;
  view: View;
  dispatch: Dispatch<ViewEvent>;
  filterRef: RefObject<HTMLInputElement | null>;
  onOpen: (group: number) => void;
}

/** The long connections or the domains asked for, under the filters of the view. */
export function ListPanel({ report, view, dispatch, filterRef, onOpen }: Props) {
  const { tab, filter, hidden, timeZone, selected } = view;
  const rows = useMemo(
    () => (tab === 'long' ? longRows(report, filter, hidden) : dnsRows(report, filter)),
    [report, tab, filter, hidden],
  );
  const total = tab === 'long' ? report.long.length : report.dns.length;
  return (
    <>
      <ListControls
        report={report}
        shown={rows.length}
        total={total}
        view={view}
        dispatch={dispatch}
        filterRef={filterRef}
      />
      {tab === 'long' ? (
        <LongSessionList report={report} rows={rows} timeZone={timeZone} selected={selected} onOpen={onOpen} />
      ) : (
        <DnsPairList report={report} rows={rows} />
      )}
    </>
  );
}
