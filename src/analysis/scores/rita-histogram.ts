import { roundToThree } from './rita-statistics.ts';

/** Slices whose height differs by less than this share of the highest count as one level. */
export const LEVEL_SENSITIVITY = 0.05;
/** Slices in use that may lie outside the two most frequent levels. */
export const LEVEL_OUTLIERS = 1;
/** Slices in use from which on two levels mean something; also what stands in for a setting below `LEAST_SLICES`. */
export const LEAST_SLICES_FOR_LEVELS = 11;
const LEAST_SLICES = 6;

/** How many slices are in use, and how they lie. */
export interface SliceUse {
  used: number;
  /** The longest run of used slices, wrapping round. */
  longestRun: number;
}

/** Slice heights cut to levels, and how many slices have each. */
export interface SliceLevels extends SliceUse {
  levels: number[];
  populations: number[];
}

/** How flat a histogram is, in either of two ways. */
export interface HistogramScore {
  score: number;
  flatness: number;
  twoLevels: number;
}

/**
 * Edges of equal slices.
 *
 * @returns `slices` + 1 numbers
 * @throws RangeError without slices or without a span
 */
export function sliceEdges(first: number, last: number, slices: number): Float64Array {
  if (slices < 1 || !(last > first)) throw new RangeError('slices need a span');
  const width = (last - first) / slices;
  const edges = new Float64Array(slices + 1);
  for (let index = 0; index < slices; index++) edges[index] = first + index * width;
  edges[slices] = last;
  return edges;
}

/**
 * Counts times in slices. An edge belongs to the slice it begins, the last one to the slice it ends; what lies outside
 * falls into the first or last slice.
 *
 * @param edges of equal slices, ascending
 * @throws RangeError with fewer than two edges, or without times
 */
export function countSlices(edges: Float64Array, times: Float64Array): number[] {
  const slices = edges.length - 1;
  if (slices < 1 || times.length === 0) throw new RangeError('a histogram needs slices and times');
  const counts = Array.from({ length: slices }, () => 0);
  const perSecond = slices / (edges[slices] - edges[0]);
  for (const time of times) {
    let slice = Math.min(slices - 1, Math.max(0, Math.floor((time - edges[0]) * perSecond)));
    while (slice > 0 && time < edges[slice]) slice--;
    while (slice < slices - 1 && time >= edges[slice + 1]) slice++;
    counts[slice]++;
  }
  return counts;
}

/** Counts the slices in use and the longest run of them, wrapping round. */
export function useOfSlices(histogram: readonly number[]): SliceUse {
  let used = 0;
  let run = 0;
  let longestRun = 0;
  let firstRun = -1;
  for (const height of histogram) {
    if (height > 0) {
      used++;
      run++;
      longestRun = Math.max(longestRun, run);
    } else {
      if (firstRun < 0) firstRun = run;
      run = 0;
    }
  }
  return { used, longestRun: firstRun < 0 ? run : Math.max(longestRun, run + firstRun) };
}

/**
 * Cuts the heights of used slices down to multiples of `ceil(sensitivity * highest)` and counts each.
 *
 * @throws RangeError without slices
 */
export function levelsOfSlices(histogram: readonly number[], sensitivity: number): SliceLevels {
  if (histogram.length === 0) throw new RangeError('levels need slices');
  const size = Math.max(1, Math.ceil(Math.max(...histogram) * sensitivity));
  const levels: number[] = [];
  const populations: number[] = [];
  for (const height of histogram) {
    if (height <= 0) continue;
    const level = Math.floor(height / size) * size;
    const place = levels.indexOf(level);
    if (place >= 0) {
      populations[place]++;
    } else {
      levels.push(level);
      populations.push(1);
    }
  }
  return { levels, populations, ...useOfSlices(histogram) };
}

/**
 * 1 - the coefficient of variation over all slices, used or not; 0 when they vary by more than their mean.
 *
 * @throws RangeError without slices, with a negative one, or when all are empty
 */
export function scoreFlatness(histogram: readonly number[]): number {
  let sum = 0;
  for (const height of histogram) {
    if (height < 0) throw new RangeError('a slice cannot hold fewer than none');
    sum += height;
  }
  if (sum === 0) throw new RangeError('flatness needs a slice in use');
  const mean = sum / histogram.length;
  let squares = 0;
  for (const height of histogram) squares += (height - mean) ** 2;
  const variation = Math.sqrt(squares / histogram.length) / mean;
  return variation > 1 ? 0 : roundToThree(1 - variation);
}

/**
 * The share of used slices at the two most frequent levels, with `outliers` of them forgiven; 0 with too few in use.
 *
 * @param populations slices at each level
 * @throws RangeError without slices in use
 */
export function scoreTwoLevels(
  populations: readonly number[],
  used: number,
  outliers = LEVEL_OUTLIERS,
  leastUsed = LEAST_SLICES_FOR_LEVELS,
): number {
  if (used < 1 || populations.length === 0) throw new RangeError('levels need a slice in use');
  if (used < (leastUsed < LEAST_SLICES ? LEAST_SLICES_FOR_LEVELS : leastUsed)) return 0;
  let largest = 0;
  let second = 0;
  for (const population of populations) {
    if (population > largest) {
      second = largest;
      largest = population;
    } else if (population > second) {
      second = population;
    }
  }
  return roundToThree(Math.min(1, (largest + second) / Math.max(used - outliers, 1)));
}

/**
 * The larger of flatness and two levels.
 *
 * @throws RangeError without a slice in use
 */
export function scoreHistogram(
  histogram: readonly number[],
  sensitivity = LEVEL_SENSITIVITY,
  outliers = LEVEL_OUTLIERS,
  leastUsed = LEAST_SLICES_FOR_LEVELS,
): HistogramScore {
  const flatness = scoreFlatness(histogram);
  const { populations, used } = levelsOfSlices(histogram, sensitivity);
  const twoLevels = scoreTwoLevels(populations, used, outliers, leastUsed);
  return { score: Math.max(flatness, twoLevels), flatness, twoLevels };
}
