import { medianAbsoluteDeviation, percentile, sortAscending } from './statistics.ts';

/** The numeric columns of the notebook's frame, under the notebook's own names and in its order. */
export const NOTEBOOK_COLUMNS = [
  'tsLow',
  'tsMid',
  'tsHigh',
  'tsBowleyNum',
  'tsBowleyDen',
  'tsSkew',
  'tsMadm',
  'tsConnDiv',
  'tsConnCountScore',
  'tsSkewScore',
  'tsMadmScore',
  'tsScore',
  'dsLow',
  'dsMid',
  'dsHigh',
  'dsBowleyNum',
  'dsBowleyDen',
  'dsSkew',
  'dsMadm',
  'dsSkewScore',
  'dsMadmScore',
  'dsSmallnessScore',
  'dsScore',
  'Score',
] as const;
export type NotebookColumn = (typeof NOTEBOOK_COLUMNS)[number];

/** One Float64Array a column, one value a connection. */
export type NotebookColumns = Record<NotebookColumn, Float64Array>;

const SECONDS_A_DAY = 86_400;

/** Columns for `length` connections, all NaN: what a connection keeps that cannot be scored. */
export function createNotebookColumns(length: number): NotebookColumns {
  return Object.fromEntries(
    NOTEBOOK_COLUMNS.map((column) => [column, new Float64Array(length).fill(Number.NaN)]),
  ) as NotebookColumns;
}

/**
 * The time between two moments as the notebook sees it, Python's `timedelta.seconds`: whole seconds, floored, without
 * the days (2 days and 600.9 s give 600).
 */
export function notebookSeconds(earlierMs: number, laterMs: number): number {
  return Math.floor((laterMs - earlierMs) / 1000) % SECONDS_A_DAY;
}

/**
 * Writes the notebook's frame of one connection into row `row` of `columns`; leaves the row as it is with fewer than
 * two flows.
 *
 * @param startsMs flow starts in milliseconds, ascending
 * @param bytesSent wire bytes sent by each flow, in any order, as many as there are starts
 * @param scratch overwritten; at least as long as `startsMs`
 */
export function scoreNotebook(
  startsMs: Float64Array,
  bytesSent: Float64Array,
  columns: NotebookColumns,
  row: number,
  scratch: Float64Array,
): void {
  const flows = startsMs.length;
  if (flows < 2) return;
  const deltas = scratch.subarray(0, flows - 1);
  for (let index = 1; index < flows; index++) {
    deltas[index - 1] = notebookSeconds(startsMs[index - 1], startsMs[index]);
  }
  sortAscending(deltas);
  const timeScore = scoreTimes(deltas, flows, notebookSeconds(startsMs[0], startsMs[flows - 1]), columns, row);

  // As the notebook has it: neither turned round nor bounded, so erratic sizes raise the score past 1.
  const sizeScore = scoreSizes(bytesSent, (deviation) => deviation / 128, columns, row, scratch);
  columns.Score[row] = (timeScore + sizeScore) / 2;
}

/**
 * Writes the time half of a frame into row `row` of `columns`.
 *
 * @param deltas seconds between flow starts, ascending
 * @param spanSeconds from the first start to the last
 * @returns tsScore
 */
export function scoreTimes(
  deltas: Float64Array,
  flows: number,
  spanSeconds: number,
  columns: NotebookColumns,
  row: number,
): number {
  const low = percentile(deltas, 0.25);
  const middle = percentile(deltas, 0.5);
  const high = percentile(deltas, 0.75);
  const numerator = low + high - 2 * middle;
  const denominator = high - low;
  const flat = denominator === 0 || middle === low || middle === high || high === 0;
  const skew = flat ? 0 : numerator / denominator;
  const deviation = medianAbsoluteDeviation(deltas);
  const expectedFlows = spanSeconds / 90;
  const countScore = expectedFlows === 0 ? 0 : Math.min(1, flows / expectedFlows);
  const skewScore = 1 - Math.abs(skew);
  const deviationScore = Math.max(0, 1 - deviation / 30);
  const score = (skewScore + deviationScore + countScore) / 3;
  columns.tsLow[row] = low;
  columns.tsMid[row] = middle;
  columns.tsHigh[row] = high;
  columns.tsBowleyNum[row] = numerator;
  columns.tsBowleyDen[row] = denominator;
  columns.tsSkew[row] = skew;
  columns.tsMadm[row] = deviation;
  columns.tsConnDiv[row] = expectedFlows;
  columns.tsConnCountScore[row] = countScore;
  columns.tsSkewScore[row] = skewScore;
  columns.tsMadmScore[row] = deviationScore;
  columns.tsScore[row] = score;
  return score;
}

/**
 * Writes the size half of a frame into row `row` of `columns`.
 *
 * @param bytesSent wire bytes sent by each flow, in any order
 * @param scoreDeviation from dsMadm to dsMadmScore: what the notebook and its correction differ in
 * @param scratch overwritten; at least as long as `bytesSent`
 * @returns dsScore
 */
export function scoreSizes(
  bytesSent: Float64Array,
  scoreDeviation: (deviation: number) => number,
  columns: NotebookColumns,
  row: number,
  scratch: Float64Array,
): number {
  const sizes = scratch.subarray(0, bytesSent.length);
  sizes.set(bytesSent);
  sortAscending(sizes);
  const low = percentile(sizes, 0.25);
  const middle = percentile(sizes, 0.5);
  const high = percentile(sizes, 0.75);
  const numerator = low + high - 2 * middle;
  const denominator = high - low;
  const flat = denominator === 0 || middle === low || middle === high;
  const skew = flat ? 0 : numerator / denominator;
  const deviation = medianAbsoluteDeviation(sizes);
  const skewScore = 1 - Math.abs(skew);
  const deviationScore = scoreDeviation(deviation);
  const smallnessScore = Math.max(0, 1 - middle / 8192);
  const score = (skewScore + deviationScore + smallnessScore) / 3;
  columns.dsLow[row] = low;
  columns.dsMid[row] = middle;
  columns.dsHigh[row] = high;
  columns.dsBowleyNum[row] = numerator;
  columns.dsBowleyDen[row] = denominator;
  columns.dsSkew[row] = skew;
  columns.dsMadm[row] = deviation;
  columns.dsSkewScore[row] = skewScore;
  columns.dsMadmScore[row] = deviationScore;
  columns.dsSmallnessScore[row] = smallnessScore;
  columns.dsScore[row] = score;
  return score;
}
