import { periodsOf } from './rhythm-description.ts';
import type { Rhythm } from './rhythm.ts';
import { MOST_EVENTS } from './rhythm-scratch.ts';

/**
 * Where in time a connection's rhythm shows: what a strip of the whole capture draws. All in milliseconds, ascending.
 */
export interface RhythmEvents {
  /**
   * The first visit, and every visit after an explained gap or a silence: `present` of them and one for each silence.
   */
  checkInsMs: Float64Array;
  /** How many periods passed before each check-in, 1 to 3; 0 for the first and after a silence. */
  checkInPeriods: Uint8Array;
  /** When a check-in was due and none came, evenly within its gap: `expected - present` of them. */
  missedMs: Float64Array;
  /** Events that are no check-in. */
  extraMs: Float64Array;
  /** Start and end of each silence, one after the other. */
  silencesMs: Float64Array;
}

/**
 * Tells check-ins from the rest among the events that `scoreRhythm` looked at.
 *
 * @param startsMs the flow starts that were scored, in milliseconds, ascending
 */
export function rhythmEvents(startsMs: Float64Array, rhythm: Rhythm): RhythmEvents {
  const starts = startsMs.subarray(0, MOST_EVENTS);
  const bounds = rhythm.bandsS.flat();
  const checkIns = [starts[0]];
  const checkInPeriods = [0];
  const missed: number[] = [];
  const extra: number[] = [];
  const silences: number[] = [];
  let visitMs = starts[0];
  for (let index = 1; index < starts.length; index++) {
    const startMs = starts[index];
    if ((startMs - starts[index - 1]) / 1000 <= rhythm.scaleS) {
      extra.push(startMs);
      continue;
    }
    const gapS = (startMs - visitMs) / 1000;
    const periods = periodsOf(gapS, bounds, rhythm.marginS);
    if (periods === 0 && !(gapS > rhythm.highS)) {
      extra.push(startMs);
    } else {
      checkIns.push(startMs);
      checkInPeriods.push(periods);
      if (periods === 0) silences.push(visitMs, startMs);
    }
    for (let period = 1; period < periods; period++) missed.push(visitMs + ((startMs - visitMs) * period) / periods);
    visitMs = startMs;
  }
  return {
    checkInsMs: Float64Array.from(checkIns),
    checkInPeriods: Uint8Array.from(checkInPeriods),
    missedMs: Float64Array.from(missed),
    extraMs: Float64Array.from(extra),
    silencesMs: Float64Array.from(silences),
  };
}
