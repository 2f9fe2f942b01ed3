import type { Case } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import { allRows, type Filter, filterRows } from '../filter/filter.ts';
import type { FilteredList } from '../filter/list.ts';
import { dnsList } from '../filter/lists/dns.ts';
import { hostList } from '../filter/lists/hosts.ts';
import { longSessionList } from '../filter/lists/long.ts';
import type { Tab } from './view.ts';

/** The list of a tab as a filter sees it, with what was said of its rows; that of the connections is `ShownRows`'. */
export function tabList(report: Report, tab: Exclude<Tab, 'connections'>, remarks: Case): FilteredList {
  if (tab === 'hosts') return hostList(report, remarks);
  return tab === 'long' ? longSessionList(report, remarks) : dnsList(report, remarks);
}

/** Rows of such a list that meet the filter and are of no hidden sort, in the filter's order or in the list's. */
export function tabRows({ connections, long }: Report, list: FilteredList, filter: Filter, hidden: number): number[] {
  const { rows } = filterRows(filter, list, allRows(list));
  if (list.kind !== 'long') return [...rows];
  // A connection that is not listed has no sorts: it is never hidden.
  const sorts = new Map(Array.from(connections.group, (group, row) => [group, connections.sorts[row]]));
  return [...rows].filter((row) => ((sorts.get(long.group[row]) ?? 0) & hidden) === 0);
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
