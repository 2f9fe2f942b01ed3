import { useMemo } from 'react';
import type { HostRows } from '../../analysis/hosts/host-rows.ts';
import { HOST_SCHEMA, type HostColumns } from '../../analysis/hosts/schema.ts';
import { hostKeys } from '../../analysis/report/row-remarks.ts';
import type { TimeZone } from '../../state/view.ts';
import { useLook, useReport, useTimeZone } from '../context.ts';
import { type ListColumn, ListTable } from '../controls/list-table.tsx';
import { useChosenKeys } from '../controls/use-chosen-keys.ts';
import { ChosenBar } from '../detail/chosen-bar.tsx';
import { RemarkMark } from '../detail/remark-mark.tsx';
import { formatBytes, formatCount, formatValue } from '../text/format.ts';
import { Labels } from '../text/labels.tsx';
import { exactTime } from '../text/timestamps.ts';
import listTableStyles from '../controls/list-table.module.css';
import textStyles from '../text/text.module.css';
import styles from './hosts.module.css';

/** How wide the list has to be for a column; why a host is listed is told at any width. */
const FROM: Partial<Record<keyof HostColumns, ListColumn['from']>> = {
  findings: 560,
  names: 560,
  users: 860,
  system: 860,
  firstSeenMs: 1200,
  lastSeenMs: 1200,
  flows: 1200,
  bytesSent: 1200,
  bytesReceived: 1200,
  domain: 1400,
  mac: 1400,
  vendor: 1600,
  otherAddresses: 1600,
};

/** The hosts of the network, those to look at first before the others. */
export function HostList({ rows }: { rows: readonly number[] }) {
  const { texts } = useReport();
  const { view, dispatch } = useLook();
  const timeZone = useTimeZone();
  const { hosts } = texts;
  const keyOf = useMemo(() => hostKeys(hosts), [hosts]);
  const columns = useMemo(() => columnsOf(hosts, keyOf, timeZone), [hosts, keyOf, timeZone]);
  const choosing = useChosenKeys(rows, keyOf);
  const { leftOut } = hosts.table;
  return (
    <>
      <ListTable
        label="Hosts"
        columns={columns}
        rows={rows}
        total={hosts.table.length}
        empty="No host of the internal networks sent or answered anything: which networks are internal is under Lists."
        opener={(row) => () => dispatch({ type: 'hosted', address: hosts.text('address', row) })}
        isOpen={(row) => view.host === hosts.text('address', row)}
        choosing={{ ...choosing, nameOf: (row) => hosts.text('address', row) }}
      />
      {leftOut > 0 && (
        <p className={`${textStyles.note} ${listTableStyles.listNote}`}>
          {formatCount(leftOut)} more hosts did not fit into this list.
        </p>
      )}
      {choosing.keys.length > 0 && <ChosenBar keys={choosing.keys} noun="host" onNone={() => choosing.onChoose([])} />}
    </>
  );
}

function columnsOf(hosts: HostRows, keyOf: (row: number) => string, timeZone: TimeZone): ListColumn[] {
  const { table } = hosts;
  const heading = (column: keyof HostColumns): Pick<ListColumn, 'label' | 'meaning'> => {
    return { label: HOST_SCHEMA[column].title, meaning: HOST_SCHEMA[column].meaning };
  };
  const text = (column: keyof HostColumns): ListColumn => ({
    ...heading(column),
    key: (row) => hosts.text(column, row),
    prose: column === 'why',
    words: column !== 'address' && column !== 'mac',
    from: FROM[column],
    cell: (row) => (column === 'why' ? hosts.text(column, row) : <Labels name={hosts.text(column, row)} />),
  });
  const count = (column: 'findings' | 'flows'): ListColumn => ({
    ...heading(column),
    key: (row) => table[column][row],
    number: true,
    from: FROM[column],
    cell: (row) => formatCount(table[column][row]),
  });
  const bytes = (column: 'bytesSent' | 'bytesReceived'): ListColumn => ({
    ...heading(column),
    key: (row) => table[column][row],
    number: true,
    from: FROM[column],
    cell: (row) => formatBytes(table[column][row]),
    exact: (row) => `${formatCount(table[column][row])} bytes`,
  });
  const time = (column: 'firstSeenMs' | 'lastSeenMs'): ListColumn => ({
    ...heading(column),
    key: (row) => table[column][row],
    from: FROM[column],
    cell: (row) => <span className={styles.moment}>{exactTime(table[column][row], timeZone).slice(0, 19)}</span>,
  });
  // What nothing was told of at any host takes no room.
  const told = (...columns: (keyof HostColumns)[]): ListColumn[] => {
    const rows = Array.from({ length: table.length }, (_, row) => row);
    return columns.filter((column) => rows.some((row) => hosts.text(column, row) !== '')).map(text);
  };
  return [
    {
      ...text('address'),
      cell: (row) => (
        <>
          <strong className={styles.address}>{hosts.text('address', row)}</strong>{' '}
          <RemarkMark keyOf={() => keyOf(row)} />
        </>
      ),
    },
    {
      ...heading('points'),
      key: (row) => table.points[row],
      number: true,
      cell: (row) => formatValue(table.points[row]),
    },
    // Why comes before all that a narrow window has no room for.
    ...told('why'),
    count('findings'),
    ...told('names', 'users', 'system', 'domain'),
    time('firstSeenMs'),
    time('lastSeenMs'),
    count('flows'),
    bytes('bytesSent'),
    bytes('bytesReceived'),
    ...told('mac', 'vendor', 'otherAddresses'),
  ];
}
