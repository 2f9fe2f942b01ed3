import { WEAK_RHYTHM } from './rhythm-levels.ts';
import type { Rhythm } from './rhythm.ts';
import type { Unscored } from './unscored.ts';

const MINUTE_S = 60;
const HOUR_S = 3600;
/** Below this many of it, as shown, the smaller unit reads better: "90 s", "90.0 min". */
const LARGEST_COUNT = 120;

/** What the words are made of. */
type Described = Pick<Rhythm, 'score' | 'intervalS' | 'jitter' | 'present' | 'expected' | 'silences' | 'extra'>;

/**
 * A connection's rhythm in words: "checks in every 54 s ± 11 %, 58 of 60 check-ins present, 1 longer silence, 198 extra
 * connections in bursts".
 */
export function rhythmSentence(rhythm: Described | Unscored): string {
  if (rhythm.score === null) return `${rhythm.reason}: rhythm is not scored`;
  if (rhythm.score < WEAK_RHYTHM || Number.isNaN(rhythm.intervalS)) return 'no steady rhythm';
  if (rhythm.intervalS < 1) return `strobe: a connection every ${Math.round(rhythm.intervalS * 1000)} ms`;
  const parts = [
    `checks in every ${intervalWords(rhythm.intervalS)} ± ${Math.round(rhythm.jitter * 100)} %`,
    `${rhythm.present} of ${rhythm.expected} check-ins present`,
  ];
  if (rhythm.silences > 0) parts.push(`${rhythm.silences} longer ${rhythm.silences === 1 ? 'silence' : 'silences'}`);
  if (rhythm.extra > 0)
    parts.push(`${rhythm.extra} extra ${rhythm.extra === 1 ? 'connection' : 'connections'} in bursts`);
  return parts.join(', ');
}

/** An interval as an analyst says it: "54 s", "2.1 min", "58.2 min", "25.0 h". */
export function intervalWords(seconds: number): string {
  if (Math.round(seconds) < LARGEST_COUNT) return `${Math.round(seconds)} s`;
  const minutes = (seconds / MINUTE_S).toFixed(1);
  return Number(minutes) < LARGEST_COUNT ? `${minutes} min` : `${(seconds / HOUR_S).toFixed(1)} h`;
}
