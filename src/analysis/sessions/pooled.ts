import { createRhythmScratch, MOST_EVENTS } from '../scores/rhythm-scratch.ts';
import { type Rhythm, scoreRhythm } from '../scores/rhythm.ts';
import { sortAscending } from '../scores/statistics.ts';
import { createMessages } from './series.ts';
import type { SessionEnds } from './ends.ts';

const LEAST_EVENTS = 8;
/** Of two ways to see the check-ins of several sessions, the better one is taken. */
const POOLED_PRICE = Math.LN2;

/**
 * The rhythm of several sessions together: check-ins that are sometimes a connection and sometimes a message inside
 * one.
 */
export class PooledScorer {
  private readonly ends: SessionEnds;
  private readonly scratch = createRhythmScratch();
  private readonly messages = createMessages();

  constructor(ends: SessionEnds) {
    this.ends = ends;
  }

  /**
   * The rhythm of all session starts and openers of a connection; null with fewer than two sessions or eight events,
   * and where nothing happens inside the sessions that their flows do not tell.
   *
   * @param own its sessions
   * @param flows how many flows it has
   */
  score(own: Uint32Array, flows: number): Rhythm | null {
    return this.series(own, flows)?.rhythm ?? null;
  }

  /** The same, with the times it was found in: milliseconds since 1970, ascending. */
  series(own: Uint32Array, flows: number): { timesMs: Float64Array; rhythm: Rhythm } | null {
    if (own.length < 2) return null;
    const { messages, ends } = this;
    const { sessions } = ends;
    const first = own
      .slice()
      .sort((a, b) => sessions.startMs(a) - sessions.startMs(b))
      .subarray(0, MOST_EVENTS);
    const originMs = sessions.startMs(first[0]);
    const times: number[] = [];
    let openers = 0;
    for (const session of first) {
      const startMs = sessions.startMs(session) - originMs;
      // Of a session that goes on from before the capture only what is said in it has its time.
      if (!ends.isCutAtStart(session)) times.push(startMs);
      sessions.messages(session, messages);
      for (let index = 0; index < messages.length; index++) {
        if (messages.openers[index] === 0) continue;
        times.push(startMs + messages.timesUs[index] / 1000);
        openers++;
      }
    }
    if (times.length < LEAST_EVENTS || (openers <= first.length && own.length <= flows)) return null;
    const events = Float64Array.from(times);
    sortAscending(events);
    const rhythm = scoreRhythm(events, this.scratch, POOLED_PRICE);
    if (rhythm.score === null) return null;
    return {
      timesMs: events.map((ms) => originMs + ms),
      rhythm: { ...rhythm, firstMs: originMs + rhythm.firstMs, lastMs: originMs + rhythm.lastMs },
    };
  }
}
