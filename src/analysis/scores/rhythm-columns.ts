import type { Rhythm } from './rhythm.ts';
import type { Unscored } from './unscored.ts';

/** Numbers of a rhythm that every listed connection carries, under the names of its fields. */
export const RHYTHM_COLUMNS = [
  'score',
  'strength',
  'evidence',
  'scaleS',
  'gaps',
  'centreS',
  'width',
  'explainedShare',
  'singleShare',
  'intervalS',
  'meanS',
  'intervalErrorS',
  'lowS',
  'highS',
  'jitter',
  'present',
  'expected',
  'silences',
  'extra',
  'firstMs',
  'lastMs',
] as const;
export type RhythmColumn = (typeof RHYTHM_COLUMNS)[number];

/** One Float64Array a column, one value a connection; NaN where the score does not apply. */
export type RhythmColumns = Record<RhythmColumn, Float64Array>;

/** Columns for `length` connections, none of them scored. */
export function createRhythmColumns(length: number): RhythmColumns {
  return Object.fromEntries(
    RHYTHM_COLUMNS.map((column) => [column, new Float64Array(length).fill(Number.NaN)]),
  ) as RhythmColumns;
}

/** Writes a connection's rhythm into row `row`; leaves the row as it is where there is none. */
export function writeRhythm(rhythm: Rhythm | Unscored, columns: RhythmColumns, row: number): void {
  if (rhythm.score === null) return;
  for (const column of RHYTHM_COLUMNS) columns[column][row] = rhythm[column];
}

/** The numbers of row `row`. */
export function readRhythm(columns: RhythmColumns, row: number): Record<RhythmColumn, number> {
  return Object.fromEntries(RHYTHM_COLUMNS.map((column) => [column, columns[column][row]])) as Record<
    RhythmColumn,
    number
  >;
}
