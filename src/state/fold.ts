import type { ConnectionTable } from '../analysis/report/report.ts';

/** How many of some rows each of them shows folded under it, by row of the table. */
export type TwinCounts = Uint32Array;

/** Counts for each row how many of `rows` are folded under it; a row whose head is not among them stands for itself. */
export function twinCounts(rows: Uint32Array, { length, triage }: ConnectionTable): TwinCounts {
  const counts = new Uint32Array(length);
  const isHere = new Uint8Array(length);
  for (const row of rows) isHere[row] = 1;
  for (const row of rows) {
    const head = triage.head[row];
    if (head !== row && isHere[head] === 1) counts[head]++;
  }
  return counts;
}

/** The groups of rows with others folded under them. */
export function headGroups({ group }: ConnectionTable, counts: TwinCounts): number[] {
  const heads: number[] = [];
  for (const [row, count] of counts.entries()) if (count > 0) heads.push(group[row]);
  return heads;
}

/**
 * Rows with twins folded: only their head is shown, or, where its group is open, they come right after it. The order of
 * heads, and of twins under one head, stays.
 *
 * @param open groups (`ConnectionTable.group`) whose twins are shown
 */
export function foldedRows(
  rows: Uint32Array,
  table: ConnectionTable,
  counts: TwinCounts,
  open: readonly number[],
): Uint32Array {
  const { head } = table.triage;
  const isTwin = (row: number): boolean => head[row] !== row && counts[head[row]] > 0;
  const groups = new Set(open);
  const twinsOf = new Map<number, number[]>();
  for (const row of rows) {
    if (counts[row] > 0 && groups.has(table.group[row])) twinsOf.set(row, []);
  }
  for (const row of rows) if (isTwin(row)) twinsOf.get(head[row])?.push(row);
  const shown: number[] = [];
  for (const row of rows) if (!isTwin(row)) shown.push(row, ...(twinsOf.get(row) ?? []));
  return Uint32Array.from(shown);
}
