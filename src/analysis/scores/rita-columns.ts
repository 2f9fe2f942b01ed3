import type { Rita } from './rita.ts';
import type { Unscored } from './unscored.ts';

/** Numbers of RITA's score that every listed connection carries. */
export const RITA_COLUMNS = ['score', 'times', 'sizes', 'duration', 'histogram', 'threat'] as const;
export type RitaColumn = (typeof RITA_COLUMNS)[number];

/** One Float64Array a column, one value a connection; NaN where the score does not apply. */
export type RitaColumns = Record<RitaColumn, Float64Array>;

/** Columns for `length` connections, none of them scored. */
export function createRitaColumns(length: number): RitaColumns {
  return Object.fromEntries(
    RITA_COLUMNS.map((column) => [column, new Float64Array(length).fill(Number.NaN)]),
  ) as RitaColumns;
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
