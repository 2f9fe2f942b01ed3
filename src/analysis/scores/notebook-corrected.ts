import { type NotebookColumns, scoreSizes, scoreTimes } from './notebook.ts';
import { sortAscending } from './statistics.ts';
import type { Unscored } from './unscored.ts';

const TOO_FEW_FLOWS: Unscored = { score: null, reason: 'fewer than two flows' };
const NO_DELTAS: Unscored = { score: null, reason: 'fewer than two distinct times' };

/**
 * Writes the notebook's frame of one connection with its known faults put right into row `row` of `columns`: real
 * deltas in seconds with fractions and days kept, zero deltas left out, the flows counted against the full span, and
 * `dsMadmScore` = 1 - dsMadm / 128, at least 0. Leaves the row as it is where it does not apply.
 *
 * @param startsMs flow starts in milliseconds, ascending
 * @param bytesSent wire bytes sent by each flow, in any order, as many as there are starts
 * @param scratch overwritten; at least as long as `startsMs`
 * @returns null, or why there is no value
 */
export function scoreNotebookCorrected(
  startsMs: Float64Array,
  bytesSent: Float64Array,
  columns: NotebookColumns,
  row: number,
  scratch: Float64Array,
): Unscored | null {
  const flows = startsMs.length;
  if (flows < 2) return TOO_FEW_FLOWS;
  let count = 0;
  for (let index = 1; index < flows; index++) {
    const delta = (startsMs[index] - startsMs[index - 1]) / 1000;
    if (delta > 0) scratch[count++] = delta;
  }
  if (count === 0) return NO_DELTAS;
  const deltas = scratch.subarray(0, count);
  sortAscending(deltas);
  const timeScore = scoreTimes(deltas, flows, (startsMs[flows - 1] - startsMs[0]) / 1000, columns, row);
  const sizeScore = scoreSizes(bytesSent, (deviation) => Math.max(0, 1 - deviation / 128), columns, row, scratch);
  columns.Score[row] = (timeScore + sizeScore) / 2;
  return null;
}
