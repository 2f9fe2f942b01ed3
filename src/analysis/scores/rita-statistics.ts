import { median, medianAbsoluteDeviation } from './statistics.ts';

/** A quartile range below this is no spread worth calling skewed. */
const LEAST_QUARTILE_RANGE = 10;

/** How evenly values lie around their median. */
export interface Evenness {
  /** Mean of `skewScore` and `deviationScore`, three decimals. */
  score: number;
  /** Bowley's, -1 to 1. */
  skew: number;
  skewScore: number;
  /** Median absolute deviation, in the unit of the values. */
  deviation: number;
  deviationScore: number;
}

/** Three decimals, half away from zero, of a number that is not negative. */
export function roundToThree(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/**
 * Bowley's skew from quartiles that are the medians of the lower and the upper half, the middle value left out when
 * their number is odd; 0 when the quartiles lie within 10 of each other or the median equals one of them.
 *
 * @param sorted ascending
 * @throws RangeError with fewer than three values
 */
export function bowleySkew(sorted: Float64Array): number {
  const { length } = sorted;
  if (length < 3) throw new RangeError('a skew needs at least three values');
  const half = length >> 1;
  const low = median(sorted.subarray(0, half));
  const middle = median(sorted);
  const high = median(sorted.subarray(length - half));
  if (high - low < LEAST_QUARTILE_RANGE || middle === low || middle === high) return 0;
  return (low + high - 2 * middle) / (high - low);
}

/**
 * How small the median absolute deviation is against the median, 0 to 1.
 *
 * @param sorted ascending
 * @param fallback the score where the median is below 1
 * @throws RangeError without values
 */
export function deviationScore(sorted: Float64Array, fallback: number): { deviation: number; score: number } {
  if (sorted.length === 0) throw new RangeError('a deviation needs values');
  const middle = median(sorted);
  const deviation = medianAbsoluteDeviation(sorted);
  return { deviation, score: middle < 1 ? fallback : Math.max(0, (middle - deviation) / middle) };
}

/**
 * Scores how evenly values lie around their median.
 *
 * @param sorted ascending, at least three
 * @param fallback the deviation's score where the median is below 1
 * @throws RangeError with fewer than three values
 */
export function scoreEvenness(sorted: Float64Array, fallback: number): Evenness {
  const skew = bowleySkew(sorted);
  const { deviation, score } = deviationScore(sorted, fallback);
  const skewScore = 1 - Math.abs(skew);
  return { score: roundToThree((skewScore + score) / 2), skew, skewScore, deviation, deviationScore: score };
}

/** How often each value occurs, and which most often. */
export interface DistinctCounts {
  /** Whole numbers, ascending, and how many values each stands for. */
  distinct: number[];
  counts: number[];
  /** The most frequent, the smallest of equals. */
  mode: number;
  modeCount: number;
}

/**
 * Counts values, cut to whole numbers.
 *
 * @param sorted ascending
 * @throws RangeError with fewer than two values
 */
export function countDistinct(sorted: Float64Array): DistinctCounts {
  if (sorted.length < 2) throw new RangeError('counting needs at least two values');
  const distinct: number[] = [];
  const counts: number[] = [];
  for (const value of sorted) {
    const whole = Math.trunc(value);
    if (distinct.at(-1) === whole) {
      counts[counts.length - 1]++;
    } else {
      distinct.push(whole);
      counts.push(1);
    }
  }
  const modeCount = counts.reduce((most, count) => Math.max(most, count));
  return { distinct, counts, mode: distinct[counts.indexOf(modeCount)], modeCount };
}
