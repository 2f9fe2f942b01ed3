import { type RhythmEvents, rhythmEvents } from '../scores/rhythm-events.ts';
import type { Rhythm } from '../scores/rhythm.ts';
import type { Unscored } from '../scores/unscored.ts';
import type { Level } from '../sessions/joined.ts';
import type { SessionIndex } from '../sessions/session-index.ts';

/**
 * The times that a connection's rhythm was found in: of flow starts, of messages in one session, or of both together.
 */
export interface WonSeries {
  level: Exclude<Level, 'none'>;
  /** Milliseconds since 1970, ascending. */
  timesMs: Float64Array;
  rhythm: Rhythm;
  /** Where the rhythm shows. */
  events: RhythmEvents;
}

/**
 * The series of the largest strength, of equals the first: the one that `writeJoined` ranks by. Null where none is
 * scored.
 *
 * @param starts starts of its flows, in milliseconds since 1970, ascending, and their rhythm
 * @param flows how many flows the connection has
 */
export function wonSeries(
  starts: { timesMs: Float64Array; rhythm: Rhythm | Unscored },
  sessionIndex: SessionIndex,
  group: number,
  flows: number,
): WonSeries | null {
  const found: Omit<WonSeries, 'events'>[] = [];
  if (starts.rhythm.score !== null) found.push({ level: 'flow', timesMs: starts.timesMs, rhythm: starts.rhythm });
  const best = sessionIndex.best(group);
  if (best?.inner.verdict === 'scored' && best.inner.best !== null) {
    const { timesMs, rhythm } = best.inner.best;
    const startMs = sessionIndex.ends.sessions.startMs(best.session);
    found.push({ level: 'inside', timesMs: timesMs.map((ms) => startMs + ms), rhythm });
  }
  const pooled = sessionIndex.pooledOf(group, flows);
  if (pooled !== null) found.push({ level: 'pooled', ...pooled });
  const [first, ...others] = found;
  if (first === undefined) return null;
  const won = others.reduce((most, next) => (next.rhythm.strength > most.rhythm.strength ? next : most), first);
  return { ...won, events: rhythmEvents(won.timesMs, won.rhythm) };
}
