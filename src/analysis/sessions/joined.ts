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

const JOINED_NUMBERS = ['score', 'strength', 'intervalS', 'jitter', 'present', 'expected'] as const;

/** The rhythm that a connection is ranked by, one value a connection; NaN where it has none. */
export interface JoinedColumns extends Record<(typeof JOINED_NUMBERS)[number], Float64Array> {
  /** Index into `LEVELS`. */
  level: Uint8Array;
}

/** Columns for `length` connections without any rhythm. */
export function createJoinedColumns(length: number): JoinedColumns {
  const numbers = Object.fromEntries(JOINED_NUMBERS.map((name) => [name, new Float64Array(length).fill(Number.NaN)]));
  return { ...(numbers as Record<(typeof JOINED_NUMBERS)[number], Float64Array>), level: new Uint8Array(length) };
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
