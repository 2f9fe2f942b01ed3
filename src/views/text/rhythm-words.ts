import { formatDuration, intervalWords } from '../../analysis/durations.ts';
import type { ConnectionTable } from '../../analysis/report/report.ts';
import { STEADY_RHYTHM, WEAK_RHYTHM } from '../../analysis/scores/rhythm-levels.ts';
import { type JoinedColumns, type Level, LEVELS } from '../../analysis/sessions/joined.ts';
import type { NameRhythm } from '../../analysis/triage/facts.ts';
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

/** A rhythm that a row's name is called on, at several addresses, where the row has none that is steady by itself; else null. */
export function nameRhythmOf({ joined, triage }: ConnectionTable, row: number): NameRhythm | null {
  if (triage.byName[row] === 0 || joined.score[row] >= STEADY_RHYTHM) return null;
  return {
    score: triage.byNameScore[row],
    intervalS: triage.byNameIntervalS[row],
    flows: triage.byNameFlows[row],
    addresses: triage.byNameAddresses[row],
  };
}
