import { type Case, NO_CASE } from '../analysis/report/case.ts';
import { dnsKeys } from '../analysis/report/case-keys.ts';
import type { Report } from '../analysis/report/report.ts';
import { filterRows } from '../filter/filter.ts';
import type { FilteredList } from '../filter/list.ts';
import { connectionList } from '../filter/lists/connections.ts';
import { viewFilter } from './filters.ts';
import { sortedRows, unhiddenRows } from './order.ts';
import { RowTexts } from './row-texts.ts';
import type { View } from './view.ts';

type Order = Pick<View, 'ranking' | 'sort'>;

/**
 * The rows of a report as the page shows them. They are sorted anew only when their order changes, not as a filter is
 * typed.
 */
export class ShownRows {
  readonly texts: RowTexts;
  readonly report: Report;
  private filtered: { remarks: Case; list: FilteredList } | null = null;
  private sorted: (Order & { rows: Uint32Array }) | null = null;

  constructor(report: Report) {
    this.report = report;
    this.texts = new RowTexts(report);
  }

  /** The connections as a filter sees them, made when they are first asked for, and when something else is said of them. */
  list(remarks: Case): FilteredList {
    if (this.filtered?.remarks !== remarks) this.filtered = { remarks, list: connectionList(this.report, remarks) };
    return this.filtered.list;
  }

  /**
   * Rows filtered, and in the view's order or in the one that the filter asks for.
   *
   * @param remarks what was said of them, which a filter may ask for
   */
  of(
    { ranking, sort, hidden, filter, timeZone }: Order & Pick<View, 'hidden' | 'filter' | 'timeZone'>,
    remarks: Case = NO_CASE,
  ): Uint32Array {
    const rows = unhiddenRows(this.inOrder({ ranking, sort }), this.report.connections, hidden);
    return filter === '' ? rows : filterRows(viewFilter({ filter, timeZone }), this.list(remarks), rows).rows;
  }

  private inOrder({ ranking, sort }: Order): Uint32Array {
    if (this.sorted?.ranking !== ranking || this.sorted.sort !== sort) {
      this.sorted = { ranking, sort, rows: sortedRows(this.report.connections, this.texts, ranking, sort) };
    }
    return this.sorted.rows;
  }
}

/** The row of the open host; -1 without one, and while it is not among the hosts. */
export function openHost(
  { report, texts }: Pick<ShownRows, 'report' | 'texts'>,
  { tab, host }: Pick<View, 'tab' | 'host'>,
): number {
  if (tab !== 'hosts' || host === null) return -1;
  for (let row = 0; row < report.hosts.length; row++) if (texts.hosts.text('address', row) === host) return row;
  return -1;
}

/** The row of the open domain in the list of domains; -1 without one. */
export function openDomain(report: Report, { tab, askedFor }: Pick<View, 'tab' | 'askedFor'>): number {
  if (tab !== 'dns' || askedFor === null) return -1;
  const keyOf = dnsKeys(report);
  for (let row = 0; row < report.dns.length; row++) if (keyOf(row) === askedFor) return row;
  return -1;
}

/** The row of the open connection; -1 without one, and while it is listed under another grouping. */
export function openRow(
  { connections, settings }: Report,
  { selected, grouping }: Pick<View, 'selected' | 'grouping'>,
): number {
  return selected === null || settings.grouping !== grouping ? -1 : connections.group.indexOf(selected);
}

type Listed = Pick<ShownRows, 'report' | 'texts'>;

/**
 * The groups of connections in another report of the same captures, where groups have other numbers, by those that they
 * have here; without those that are not listed there.
 */
export function sameGroups(before: Listed, groups: readonly number[], after: Listed): Map<number, number> {
  const found = new Map<number, number>();
  if (groups.length === 0) return found;
  const wanted = new Map<string, number>();
  for (const group of groups) {
    const row = before.report.connections.group.indexOf(group);
    if (row >= 0) wanted.set(endsOf(before, row), group);
  }
  after.report.connections.group.forEach((group, row) => {
    const same = wanted.get(endsOf(after, row));
    if (same !== undefined) found.set(same, group);
  });
  return found;
}

/** What the flows of a row share under its grouping. */
function endsOf({ report: { settings, connections }, texts }: Listed, row: number): string {
  const { grouping } = settings;
  const end = grouping === 'src,name' ? texts.destinationLabel(row) : texts.destination(row);
  return `${texts.source(row)} ${end} ${grouping === 'src,dst,port' ? connections.destinationPort[row] : ''}`;
}
