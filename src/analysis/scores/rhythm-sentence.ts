import { intervalWords } from '../durations.ts';
import { WEAK_RHYTHM } from './rhythm-levels.ts';
import type { Rhythm } from './rhythm.ts';
import type { Unscored } from './unscored.ts';

/** What the words are made of. */
type Described = Pick<Rhythm, 'score' | 'intervalS' | 'jitter' | 'present' | 'expected' | 'silences' | 'extra'>;

/**
 * A connection's rhythm in words: "checks in every 54 s ± 11 %, 58 of 60 check-ins present, 1 longer silence, 198 extra
 * connections".
 *
 * @param event what a strobe repeats, which may be no connection
 */
export function rhythmSentence(rhythm: Described | Unscored, event = 'connection'): string {
  if (rhythm.score === null) return `${rhythm.reason}: rhythm is not scored`;
  if (rhythm.score < WEAK_RHYTHM || Number.isNaN(rhythm.intervalS)) return 'no steady rhythm';
  if (rhythm.intervalS < 1) return `strobe: a ${event} every ${Math.round(rhythm.intervalS * 1000)} ms`;
  const parts = [
    `checks in every ${intervalWords(rhythm.intervalS)} ± ${Math.round(rhythm.jitter * 100)} %`,
    `${rhythm.present} of ${rhythm.expected} check-ins present`,
  ];
  if (rhythm.silences > 0) parts.push(`${rhythm.silences} longer ${rhythm.silences === 1 ? 'silence' : 'silences'}`);
  if (rhythm.extra > 0) parts.push(`${rhythm.extra} extra ${rhythm.extra === 1 ? 'connection' : 'connections'}`);
  return parts.join(', ');
}
