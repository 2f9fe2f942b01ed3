import type { RhythmColumns } from '../analysis/scores/rhythm-columns.ts';
import { intervalWords, LEAST_STEADY_SCORE } from '../analysis/scores/rhythm-sentence.ts';
import { formatCount, formatDuration } from './format.ts';

/** A rhythm in as few words as a table has room for. */
export interface RhythmWords {
  intervalMs: number;
  /** "60 s". */
  interval: string;
  /** "± 20 %"; "" for what calls faster than once a second: a strobe has no jitter to speak of. */
  jitter: string;
  /** "228 of 233". */
  presence: string;
}

/** The rhythm of a row; null where it is not steady or there is no score. */
export function rhythmOf(rhythm: RhythmColumns, row: number): RhythmWords | null {
  const intervalMs = rhythm.intervalS[row] * 1000;
  if (!(rhythm.score[row] >= LEAST_STEADY_SCORE) || Number.isNaN(intervalMs)) return null;
  return {
    intervalMs,
    interval: intervalMs < 1000 ? formatDuration(intervalMs) : intervalWords(rhythm.intervalS[row]),
    jitter: intervalMs < 1000 ? '' : `± ${Math.round(rhythm.jitter[row] * 100)} %`,
    presence: `${formatCount(rhythm.present[row])} of ${formatCount(rhythm.expected[row])}`,
  };
}
