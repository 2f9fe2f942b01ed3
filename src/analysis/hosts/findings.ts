import type { ScoredTable } from '../connections/scored-table.ts';
import { BADGES } from '../triage/badge.ts';
import type { TriageColumns } from '../triage/columns.ts';
import type { Line } from '../triage/lines.ts';
import { triageOrder } from '../triage/order.ts';

/** The connections of one host that are worth a word. */
export interface HostFindings {
  /** Its row of most points that is not set aside; -1 for a host without one. */
  best: number;
  /** Rows to be read first or next, in the order of triage; twins are under the first of them. */
  rows: number[];
  /** Points of the best row, and one for each further finding that goes elsewhere and says something new; NaN without one. */
  points: number;
}

/**
 * The findings of hosts by number. A connection is its source's; one that comes from outside is whom it comes to.
 *
 * @param hostOf the host of a row, -1 for none
 */
export function findingsOf(
  count: number,
  table: ScoredTable,
  triage: TriageColumns,
  hostOf: (row: number) => number,
  linesOf: (row: number) => readonly Line[],
): HostFindings[] {
  const found = Array.from({ length: count }, (): HostFindings => ({ best: -1, rows: [], points: Number.NaN }));
  const order = triageOrder({ ...triage, strength: table.joined.strength, flows: table.flows });
  for (const row of order) {
    const host = triage.setAside[row] === 1 ? -1 : hostOf(row);
    if (host < 0) continue;
    const findings = found[host];
    if (findings.best < 0) findings.best = row;
    if (isFinding(triage, row) && triage.head[row] === row) findings.rows.push(row);
  }
  for (const findings of found) {
    if (findings.best < 0) continue;
    findings.points = triage.total[findings.best] + furtherPoints(findings.rows, table, linesOf);
  }
  return found;
}

/** Whether a row is to be read first or next. */
export function isFinding({ badge, setAside }: TriageColumns, row: number): boolean {
  const name = BADGES[badge[row]];
  return setAside[row] === 0 && (name === 'first' || name === 'next');
}

/** Findings behind the first that go elsewhere and have a reason that none before them has: those are independent of it. */
function furtherPoints(rows: readonly number[], table: ScoredTable, linesOf: (row: number) => readonly Line[]): number {
  if (rows.length < 2) return 0;
  const said = new Set<string>();
  const destinations = new Set<string>();
  let points = -1;
  for (const row of rows) {
    const reasons = linesOf(row).filter((line) => line.points > 0);
    const ends = [`address ${table.destination[row]}`, ...(table.name[row] === 0 ? [] : [`name ${table.name[row]}`])];
    const isNew = reasons.some(({ id }) => !said.has(id)) && !ends.some((end) => destinations.has(end));
    if (isNew) points++;
    for (const { id } of reasons) said.add(id);
    for (const end of ends) destinations.add(end);
  }
  return Math.max(0, points);
}
