import type { Rhythm } from '../../../../src/analysis/scores/rhythm.ts';
import { scoreRhythm } from '../../../../src/analysis/scores/rhythm.ts';

export const START = Date.UTC(2024, 2, 5, 8);
export const HOUR = 3_600_000;

/** Seconds of a clock that ticks `count` times and misses some of the ticks. */
export function every(seconds: number, count: number, missed: readonly number[] = []): number[] {
  return Array.from({ length: count }, (_, tick) => tick)
    .filter((tick) => !missed.includes(tick))
    .map((tick) => tick * seconds);
}

/** The rhythm of events at these seconds; throws where there is none. */
export function rhythmAt(seconds: readonly number[]): Rhythm {
  const rhythm = scoreRhythm(Float64Array.from(seconds, (second) => START + second * 1000));
  if (rhythm.score === null) throw new Error(rhythm.reason);
  return rhythm;
}
