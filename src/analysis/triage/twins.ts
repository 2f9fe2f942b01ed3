import { WEAK_RHYTHM } from '../scores/rhythm-levels.ts';

/** What tells twins, one value a row. */
export interface TwinColumns {
  /** Numbers of addresses. */
  source: ArrayLike<number>;
  destination: ArrayLike<number>;
  /** 1 where the destination is outside and has no name. */
  nameless: ArrayLike<number>;
  /** Rhythm's score and interval in seconds; NaN where a connection is not scored. */
  score: ArrayLike<number>;
  intervalS: ArrayLike<number>;
  /** Number of the rhythm that its host calls its name on, at several addresses; 0 for none. */
  byName: ArrayLike<number>;
}

/** Intervals this close, relative to the longer one, are the same. */
const SAME_INTERVAL = 0.05;

/** Whether a row can have twins at all: one host's rhythm towards an outside address without a name. */
export function canBeTwin({ nameless, score }: TwinColumns, row: number): boolean {
  return nameless[row] === 1 && score[row] >= WEAK_RHYTHM;
}

/** Whether two intervals are the same. */
export function sameInterval(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME_INTERVAL * Math.max(a, b);
}
