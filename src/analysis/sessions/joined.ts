import { type ColumnsOf, columnNames, createColumns, measured } from '../memory/schema.ts';

/** What the rhythm of a row was found in; the index is what columns store. */
export const LEVELS = ['none', 'flow', 'inside', 'pooled'] as const;
export type Level = (typeof LEVELS)[number];

/** What a rhythm says, wherever it was found. */
export interface LevelRhythm {
  score: number;
  strength: number;
  intervalS: number;
  jitter: number;
  present: number;
  expected: number;
}

/** The numbers of the rhythm that a connection is ranked by. */
export const JOINED_SCHEMA = {
  score: measured(
    'score',
    'score',
    'Rhythm',
    'The largest of three: of flow starts, in a session, or of both together',
  ),
  strength: measured('S', 'number', 'Strength', 'What rows rank by'),
  intervalS: measured('interval_s', 's', 'Interval', 'Median time from one check-in to the next'),
  jitter: measured('jitter', 'share', 'Jitter', 'How far the interval varies: (high - low) / (high + low)'),
  present: measured('present', 'count', 'Present', 'Check-ins that are there'),
  expected: measured('expected', 'count', 'Expected', 'Check-ins that the rhythm would have'),
};
const JOINED_NUMBERS = columnNames(JOINED_SCHEMA);

/** The rhythm that a connection is ranked by, one value a connection; NaN where it has none. */
export interface JoinedColumns extends ColumnsOf<typeof JOINED_SCHEMA> {
  /** Index into `LEVELS`. */
  level: Uint8Array;
}

/** Columns for `length` connections without any rhythm. */
export function createJoinedColumns(length: number): JoinedColumns {
  return { ...createColumns(JOINED_SCHEMA, length), level: new Uint8Array(length) };
}

/**
 * Writes the rhythm of the largest strength into row `row`: that of the flow starts, that inside the best session, or
 * that of all session starts and openers; of equals the first.
 */
export function writeJoined(
  rhythms: Record<Exclude<Level, 'none'>, LevelRhythm | null>,
  columns: JoinedColumns,
  row: number,
): void {
  let best: LevelRhythm | null = null;
  for (const level of ['flow', 'inside', 'pooled'] as const) {
    const rhythm = rhythms[level];
    if (rhythm === null || (best !== null && !(rhythm.strength > best.strength))) continue;
    best = rhythm;
    columns.level[row] = LEVELS.indexOf(level);
  }
  if (best === null) return;
  for (const name of JOINED_NUMBERS) columns[name][row] = best[name];
}
