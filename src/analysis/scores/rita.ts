import type { DurationScore } from './rita-duration.ts';
import { scoreDuration } from './rita-duration.ts';
import type { HistogramScore } from './rita-histogram.ts';
import { countSlices, scoreHistogram, sliceEdges, useOfSlices } from './rita-histogram.ts';
import type { Evenness } from './rita-statistics.ts';
import { roundToThree, scoreEvenness } from './rita-statistics.ts';
import { sortAscending } from './statistics.ts';
import type { Unscored } from './unscored.ts';

/** Four rising limits, which stand for 0.2, 0.4, 0.6 and 0.8. */
export type ThreatLimits = readonly [base: number, low: number, medium: number, high: number];

/** Limits of a beacon's score, in percent. */
const BEACON_LIMITS: ThreatLimits = [50, 70, 90, 100];

/** What each limit adds. */
const STEP = 0.2;

/** The stretch of a capture that is scored, in whole seconds since 1970. */
export interface RitaWindow {
  /** Flows before this are left out: the window begins at a full hour, so that none is cut. */
  from: number;
  first: number;
  last: number;
}

/** A connection's score after RITA v5.1.1 (github.com/activecm/rita), and how it came about. */
export interface Rita {
  /** 0 to 1, three decimals: a quarter of each part. */
  score: number;
  /** 0 to 0.8. */
  threat: number;
  /** Gaps between whole seconds, zeros left out, and bytes sent. */
  times: Evenness;
  sizes: Evenness;
  histogram: HistogramScore;
  duration: DurationScore;
  /** Flows in each of the 24 slices of the window. */
  slices: number[];
  /** Slices in use and the longest run of them. */
  used: number;
  longestRun: number;
}

/** Scores or weights of the four parts. Their sum is built in this order: a half in the fourth decimal rounds by it. */
export type FourParts = readonly [times: number, sizes: number, histogram: number, duration: number];

const SLICES = 24;
const LONGEST_WINDOW_S = 86_400;
const HOUR_S = 3600;
const LEAST_TIMES = 4;
const STROBE_FLOWS = 86_400;
const WEIGHTS: FourParts = [0.25, 0.25, 0.25, 0.25];

const TOO_FEW: Unscored = { score: null, reason: 'fewer than 4 distinct times' };
const TOO_FEW_LATE: Unscored = { score: null, reason: 'fewer than 4 distinct times in the last 24 hours' };
const STROBE: Unscored = { score: null, reason: '86,400 connections or more: a strobe, not a beacon' };

/** The window of a capture: at most its last 24 hours. */
export function ritaWindow(captureFirstMs: number, captureLastMs: number): RitaWindow {
  const last = Math.floor(captureLastMs / 1000);
  const first = Math.max(Math.floor(captureFirstMs / 1000), last - LONGEST_WINDOW_S);
  return { from: Math.floor(first / HOUR_S) * HOUR_S, first, last };
}

/**
 * Scores a connection as RITA does.
 *
 * @param startsMs flow starts in milliseconds, ascending
 * @param bytesSent IP bytes each flow sent, in the order of the starts
 * @param scratch overwritten; at least as long as `startsMs`
 */
export function scoreRita(
  startsMs: Float64Array,
  bytesSent: Float64Array,
  window: RitaWindow,
  scratch: Float64Array,
): Rita | Unscored {
  const flows = startsMs.length;
  let skipped = 0;
  while (skipped < flows && startsMs[skipped] < window.from * 1000) skipped++;
  const tooFew = skipped > 0 ? TOO_FEW_LATE : TOO_FEW;
  const counted = flows - skipped;
  if (counted < LEAST_TIMES || !(window.last > window.first)) return tooFew;
  if (counted >= STROBE_FLOWS) return STROBE;

  let deltas = 0;
  for (let index = skipped + 1; index < flows; index++) {
    const delta = Math.floor(startsMs[index] / 1000) - Math.floor(startsMs[index - 1] / 1000);
    if (delta > 0) scratch[deltas++] = delta;
  }
  if (deltas < LEAST_TIMES - 1) return tooFew;
  const times = scoreEvenness(sortedView(scratch, deltas), 1);

  scratch.set(bytesSent.subarray(skipped, flows));
  const sizes = scoreEvenness(sortedView(scratch, counted), 0);

  for (let index = skipped; index < flows; index++) scratch[index - skipped] = Math.floor(startsMs[index] / 1000);
  const seconds = scratch.subarray(0, counted);
  const slices = countSlices(sliceEdges(window.first, window.last, SLICES), seconds);
  const { used, longestRun } = useOfSlices(slices);
  const duration = scoreDuration(window, { first: seconds[0], last: seconds[counted - 1] }, used, longestRun);
  const histogram = scoreHistogram(slices);
  const score = weighParts([times.score, sizes.score, histogram.score, duration.score]);
  return {
    score,
    threat: threatOf(score * 100, BEACON_LIMITS),
    times,
    sizes,
    histogram,
    duration,
    slices,
    used,
    longestRun,
  };
}

/**
 * The weighted sum of the four parts, three decimals.
 *
 * @throws RangeError for a score or weight outside 0 to 1, or weights that do not sum to exactly 1
 */
export function weighParts(scores: FourParts, weights: FourParts = WEIGHTS): number {
  let sum = 0;
  let weight = 0;
  for (let index = 0; index < scores.length; index++) {
    for (const value of [scores[index], weights[index]]) {
      if (!(value >= 0 && value <= 1)) throw new RangeError('scores and weights lie between 0 and 1');
    }
    sum += scores[index] * weights[index];
    weight += weights[index];
  }
  if (weight !== 1) throw new RangeError('weights sum to 1');
  return roundToThree(sum);
}

function sortedView(values: Float64Array, length: number): Float64Array {
  const view = values.subarray(0, length);
  sortAscending(view);
  return view;
}

/** Threat of a value: 0 below the first limit, linear between neighbours, 0.8 from the last on. */
export function threatOf(value: number, limits: ThreatLimits): number {
  if (value < limits[0]) return 0;
  for (let index = 1; index < limits.length; index++) {
    if (value >= limits[index]) continue;
    return STEP * (index + (value - limits[index - 1]) / (limits[index] - limits[index - 1]));
  }
  return STEP * limits.length;
}
