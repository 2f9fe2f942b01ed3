import { useLook } from '../context.ts';
import { DnsPairList } from '../dns/dns-pairs.tsx';
import { HostList } from '../hosts/host-list.tsx';
import { LongSessionList } from '../long/long-sessions.tsx';

interface Props {
  rows: readonly number[];
  onOpen: (group: number) => void;
}

/** The hosts, the long connections or the domains asked for, under the filters of the view. */
export function ListPanel({ rows, onOpen }: Props) {
  const { tab, selected } = useLook().view;
  if (tab === 'hosts') return <HostList rows={rows} />;
  return tab === 'long' ? (
    <LongSessionList rows={rows} selected={selected} onOpen={onOpen} />
  ) : (
    <DnsPairList rows={rows} />
  );
}
