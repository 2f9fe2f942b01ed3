import { useMemo } from 'react';
import type { RefObject } from 'react';
import { dnsRows, longRows } from '../../state/list-rows.ts';
import { useLook, useReport } from '../context.ts';
import { ListControls } from '../controls/controls-line.tsx';
import { DnsPairList } from '../dns/dns-pairs.tsx';
import { LongSessionList } from '../long/long-sessions.tsx';

interface Props {
  filterRef: RefObject<HTMLInputElement | null>;
  onOpen: (group: number) => void;
}

/** The long connections or the domains asked for, under the filters of the view. */
export function ListPanel({ filterRef, onOpen }: Props) {
  const { report } = useReport();
  const { tab, filter, hidden, selected } = useLook().view;
  const rows = useMemo(
    () => (tab === 'long' ? longRows(report, filter, hidden) : dnsRows(report, filter)),
    [report, tab, filter, hidden],
  );
  const total = tab === 'long' ? report.long.length : report.dns.length;
  return (
    <>
      <ListControls shown={rows.length} total={total} filterRef={filterRef} />
      {tab === 'long' ? (
        <LongSessionList rows={rows} selected={selected} onOpen={onOpen} />
      ) : (
        <DnsPairList rows={rows} />
      )}
    </>
  );
}
