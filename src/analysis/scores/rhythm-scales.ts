import type { RhythmScratch } from './rhythm-scratch.ts';
import { highestBit } from './rhythm-scratch.ts';
import { sortAscending } from './statistics.ts';

/** Fewer visits than this say nothing about a rhythm. */
export const LEAST_VISITS = 5;

const FINEST_SCALE_S = 0.1;
/** Burst scales stay below this part of the time seen. */
const SPAN_SHARE = 6;

/**
 * The longest interval that a capture can speak of: scales go up to a sixth of the time seen, and a clock slower than
 * that ticks too few times for five visits and a gap missed.
 */
export function longestIntervalMs(spanMs: number): number {
  return spanMs / SPAN_SHARE;
}

/**
 * Finds the burst scales worth looking at: 0.1 s doubled again and again while below a sixth of the span, as long as
 * at least five visits remain and their number is a new one. A visit is the first event of each run whose gaps are at
 * most the scale.
 *
 * @param startsMs event times in milliseconds, ascending, at most `MOST_EVENTS`
 * @returns how many scales were kept in `scratch.scales` and `scratch.visits`
 */
export function findScales(startsMs: Float64Array, scratch: RhythmScratch): number {
  const events = startsMs.length;
  const gaps = scratch.eventGaps.subarray(0, events - 1);
  for (let index = 1; index < events; index++) gaps[index - 1] = (startsMs[index] - startsMs[index - 1]) / 1000;
  sortAscending(gaps);
  const spanS = (startsMs[events - 1] - startsMs[0]) / 1000;
  let kept = 0;
  let collapsed = 0;
  for (let scale = FINEST_SCALE_S; scale === FINEST_SCALE_S || scale < spanS / SPAN_SHARE; scale *= 2) {
    while (collapsed < gaps.length && gaps[collapsed] <= scale) collapsed++;
    const visits = events - collapsed;
    if (visits < LEAST_VISITS) break;
    if (kept > 0 && scratch.visits[kept - 1] === visits) continue;
    scratch.scales[kept] = scale;
    scratch.visits[kept] = visits;
    kept++;
  }
  return kept;
}

/**
 * Writes one scale and the gaps between its visits into `scratch.scale` and `scratch.gapAfter`, in seconds, ascending.
 *
 * @returns a view of them
 */
export function visitGaps(startsMs: Float64Array, scaleS: number, scratch: RhythmScratch): Float64Array {
  scratch.scale[0] = scaleS;
  const { gapAfter } = scratch;
  // Without a branch that the processor would have to guess: which events begin a visit is nearly chance.
  let count = 0;
  let visit = 0;
  for (let index = 1; index < startsMs.length; index++) {
    const isVisit = +((startsMs[index] - startsMs[index - 1]) / 1000 > scaleS);
    gapAfter[count + 1] = (startsMs[index] - startsMs[visit]) / 1000;
    count += isVisit;
    visit += (index - visit) & -isVisit;
  }
  for (let place = 2 << highestBit(count); place > count; place--) gapAfter[place] = Number.POSITIVE_INFINITY;
  const gaps = gapAfter.subarray(1, count + 1);
  sortAscending(gaps);
  return gaps;
}
