import type { Report } from '../analysis/report/report.ts';
import { allRows, type Filter, filterRows } from '../filter/filter.ts';
import { dnsList } from '../filter/lists/dns.ts';
import { hostList } from '../filter/lists/hosts.ts';
import { longSessionList } from '../filter/lists/long.ts';

/** Rows of the long sessions that meet the filter and are of no hidden sort, in the filter's order or the longest first. */
export function longRows(report: Report, filter: Filter, hidden: number): number[] {
  const { connections, long } = report;
  // A connection that is not listed has no sorts: it is never hidden.
  const sorts = new Map(Array.from(connections.group, (group, row) => [group, connections.sorts[row]]));
  const list = longSessionList(report);
  const { rows } = filterRows(filter, list, allRows(list));
  return [...rows].filter((row) => ((sorts.get(long.group[row]) ?? 0) & hidden) === 0);
}

/** Rows of the hosts that meet the filter, in its order or those to look at first before the others. */
export function hostRows(report: Report, filter: Filter): number[] {
  const list = hostList(report);
  return [...filterRows(filter, list, allRows(list)).rows];
}

/** Rows of the list of domains that meet the filter, in its order or likely tunnels first. */
export function dnsRows(report: Report, filter: Filter): number[] {
  const list = dnsList(report);
  return [...filterRows(filter, list, allRows(list)).rows];
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Rows in the order of a column; what has no value (NaN, or an empty text) comes last, equal rows as they were. */
export function sortedBy(
  rows: readonly number[],
  keyOf: (row: number) => number | string,
  descending: boolean,
): number[] {
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const isNone = (key: number | string): boolean => key === '' || Number.isNaN(key);
  keyed.sort((a, b) => {
    if (isNone(a.key) || isNone(b.key)) return Number(isNone(a.key)) - Number(isNone(b.key));
    if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key);
    return sign * COLLATOR.compare(String(a.key), String(b.key));
  });
  return keyed.map(({ row }) => row);
}
