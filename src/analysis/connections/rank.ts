import type { ConnectionTable } from '../report.ts';

/** The rows of a table by the notebook's score, highest first; equal scores stay in the table's order, no score comes last. */
export function rowsByScore(table: ConnectionTable): Uint32Array {
  const { Score } = table.notebook;
  const keyOf = (row: number): number => (Number.isNaN(Score[row]) ? Number.NEGATIVE_INFINITY : Score[row]);
  return Uint32Array.from({ length: table.length }, (_, row) => row).sort((a, b) => {
    const difference = keyOf(b) - keyOf(a);
    return Number.isNaN(difference) ? a - b : difference || a - b;
  });
}
