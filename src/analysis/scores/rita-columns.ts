import { type ColumnsOf, createColumns, measured } from '../memory/schema.ts';
import type { Rita } from './rita.ts';
import type { Unscored } from './unscored.ts';

/** Numbers of RITA's score that every listed connection carries, under the short names that its users know. */
export const RITA_SCHEMA = {
  score: measured('score', 'score', 'RITA', 'Mean of the four parts'),
  times: measured('ts', 'score', 'Times', 'How alike the deltas are: mean of their skew and deviation scores'),
  sizes: measured('ds', 'score', 'Sizes', 'How alike the bytes sent are: mean of their skew and deviation scores'),
  duration: measured('dur', 'score', 'Duration', 'How much of the capture the connection covers, or how steadily'),
  histogram: measured('hist', 'score', 'Histogram', 'How evenly its flows fall over 24 slices of the capture'),
  threat: measured('threat', 'score', 'Threat', "RITA's threat level, from the score"),
};

/** One value a connection; NaN where the score does not apply. */
export type RitaColumns = ColumnsOf<typeof RITA_SCHEMA>;

/** Columns for `length` connections, none of them scored. */
export function createRitaColumns(length: number): RitaColumns {
  return createColumns(RITA_SCHEMA, length);
}

/** Writes a connection's score and its parts into row `row`; leaves the row as it is where there is none. */
export function writeRita(rita: Rita | Unscored, columns: RitaColumns, row: number): void {
  if (rita.score === null) return;
  columns.score[row] = rita.score;
  columns.times[row] = rita.times.score;
  columns.sizes[row] = rita.sizes.score;
  columns.duration[row] = rita.duration.score;
  columns.histogram[row] = rita.histogram.score;
  columns.threat[row] = rita.threat;
}
