import { formatDuration, intervalWords } from '../../analysis/durations.ts';
import { WEAK_RHYTHM } from '../../analysis/scores/rhythm-levels.ts';
import { type JoinedColumns, type Level, LEVELS } from '../../analysis/sessions/joined.ts';
import { formatCount } from './format.ts';

/** A rhythm in as few words as a table has room for. */
export interface RhythmWords {
  /** What it was found in. */
  level: Level;
  intervalMs: number;
  /** "60 s". */
  interval: string;
  /** "± 20 %"; "" for what calls faster than once a second: a strobe has no jitter to speak of. */
  jitter: string;
  /** "228 of 233". */
  presence: string;
}

/** The rhythm that a row is ranked by; null where it is not steady or there is no score. */
export function rhythmOf(rhythm: JoinedColumns, row: number): RhythmWords | null {
  const intervalMs = rhythm.intervalS[row] * 1000;
  if (!(rhythm.score[row] >= WEAK_RHYTHM) || Number.isNaN(intervalMs)) return null;
  return {
    level: LEVELS[rhythm.level[row]],
    intervalMs,
    interval: intervalMs < 1000 ? formatDuration(intervalMs) : intervalWords(rhythm.intervalS[row]),
    jitter: intervalMs < 1000 ? '' : `± ${Math.round(rhythm.jitter[row] * 100)} %`,
    presence: `${formatCount(rhythm.present[row])} of ${formatCount(rhythm.expected[row])}`,
  };
}
