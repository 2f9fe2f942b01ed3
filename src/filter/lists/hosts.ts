import { HostRows } from '../../analysis/hosts/host-rows.ts';
import type { HostColumns } from '../../analysis/hosts/schema.ts';
import { type Case, NO_CASE } from '../../analysis/report/case.ts';
import type { Report } from '../../analysis/report/report.ts';
import { hostRemarks } from '../../analysis/report/row-remarks.ts';
import { type FilteredList, numbers, texts } from '../list.ts';
import { remarkFields, remarkWords } from './remarks.ts';
import { memoized } from './texts.ts';

/** The hosts, and what was said of them, as a filter sees them. */
export function hostList({ hosts }: Pick<Report, 'hosts'>, remarks: Case = NO_CASE): FilteredList {
  const rows = new HostRows(hosts);
  const remarkOf = hostRemarks({ hosts }, remarks);
  const parts = (column: keyof HostColumns) => {
    return (row: number): string[] =>
      rows
        .text(column, row)
        .split(', ')
        .filter((text) => text !== '');
  };
  const [others, names, users, macs] = [parts('otherAddresses'), parts('names'), parts('users'), parts('mac')];
  const addresses = (row: number): string[] => [rows.text('address', row), ...others(row)];
  const ends = (row: number): string[] => [...addresses(row), ...names(row)];
  return {
    kind: 'hosts',
    length: hosts.length,
    fields: {
      src: texts(ends),
      host: texts(ends),
      addr: texts(addresses),
      name: texts(names),
      user: texts(users),
      system: texts(parts('system')),
      mac: texts(macs),
      vendor: texts(parts('vendor')),
      points: numbers((row) => hosts.points[row]),
      findings: numbers((row) => hosts.findings[row]),
      flows: numbers((row) => hosts.flows[row]),
      bytes: numbers((row) => hosts.bytesSent[row] + hosts.bytesReceived[row]),
      sent: numbers((row) => hosts.bytesSent[row]),
      received: numbers((row) => hosts.bytesReceived[row]),
      duration: numbers((row) => (hosts.lastSeenMs[row] - hosts.firstSeenMs[row]) / 1000),
      first: numbers((row) => hosts.firstSeenMs[row]),
      last: numbers((row) => hosts.lastSeenMs[row]),
      reason: texts((row) => [rows.text('why', row)]),
      ...remarkFields(remarkOf),
    },
    shown: memoized(hosts.length, (row) => {
      const columns = ['address', 'otherAddresses', 'names', 'users', 'system', 'mac', 'vendor', 'why'] as const;
      const story = rows.story(row).map(({ text }) => text);
      const said = remarkWords(remarkOf, row);
      return [...columns.map((column) => rows.text(column, row)), ...story, said].join(' ').toLowerCase();
    }),
    names: (row) => names(row).map((text) => text.toLowerCase()),
    addresses,
    ends: () => [],
  };
}
