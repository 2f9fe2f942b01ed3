import type { RhythmScratch } from './rhythm-scratch.ts';
import { median, medianAbsoluteDeviation, percentile, sortAscending } from './statistics.ts';

/** What the analyst is told of a connection's gaps, in the words of a clock. Seconds. */
export interface GapDescription {
  /** How much wider than scored each band is here, on each side: no check-in shall be lost for a little lateness. */
  marginS: number;
  /** Median and mean of the time between two check-ins; NaN where no gap is explained, like all that builds on them. */
  intervalS: number;
  meanS: number;
  /** Half the 95 % interval of the median. */
  intervalErrorS: number;
  /** 2.5th and 97.5th percentile of the gaps of one period, and how far they spread: (high - low) / (high + low). */
  lowS: number;
  highS: number;
  jitter: number;
  /** Check-ins seen, and how many there would be without a missed one. */
  present: number;
  expected: number;
  /** Gaps that no band explains and that are longer than `highS`. */
  silences: number;
  /** Events that are no check-in: collapsed into a visit, or after a gap too short. */
  extra: number;
}

const LEAST_MARGIN_S = 0.5;
const MARGIN_SHARE = 0.1;
/** From a median absolute deviation of normal values to the 95 % interval of their median, each side. */
const MEDIAN_ERROR = 1.96 * 1.2533 * 1.4826;

/**
 * Describes the gaps of one scale by the bands in `scratch.bounds`.
 *
 * @param gaps seconds, ascending
 * @param centreS middle of the scored band
 * @param events how many flow starts the visits are made of
 */
export function describeGaps(
  gaps: Float64Array,
  centreS: number,
  events: number,
  scratch: RhythmScratch,
): GapDescription {
  const { bounds, periods } = scratch;
  const marginS = Math.max(MARGIN_SHARE * centreS, LEAST_MARGIN_S);
  let explained = 0;
  let explainedS = 0;
  let passed = 0;
  let singlesFrom = 0;
  let singles = 0;
  for (let index = 0; index < gaps.length; index++) {
    const length = periodsOf(gaps[index], bounds, marginS);
    if (length === 0) continue;
    if (length === 1 && singles++ === 0) singlesFrom = index;
    periods[explained++] = gaps[index] / length;
    explainedS += gaps[index];
    passed += length;
  }
  // Gaps ascend and the first band takes its gaps first, so those of one period lie side by side.
  const singleGaps = gaps.subarray(singlesFrom, singlesFrom + singles);
  const lowS = percentile(singleGaps, 0.025);
  const highS = percentile(singleGaps, 0.975);
  let silences = 0;
  for (let index = gaps.length - 1; index >= 0 && gaps[index] > highS; index--) {
    if (periodsOf(gaps[index], bounds, marginS) === 0) silences++;
  }
  const sorted = periods.subarray(0, explained);
  sortAscending(sorted);
  return {
    marginS,
    intervalS: median(sorted),
    meanS: explainedS / passed,
    intervalErrorS: (MEDIAN_ERROR * medianAbsoluteDeviation(sorted)) / Math.sqrt(explained),
    lowS,
    highS,
    jitter: (highS - lowS) / (highS + lowS),
    present: explained + 1,
    expected: passed + 1,
    silences,
    extra: events - 1 - explained - silences,
  };
}

/**
 * How many periods long a gap is, 1 to 3, or 0 where no band holds it.
 *
 * @param bounds of the three bands: low, high, low, high, low, high
 * @param marginS by how much each is widened, each side
 */
export function periodsOf(gapS: number, bounds: Float64Array | readonly number[], marginS: number): number {
  for (let index = 0; index < 3; index++) {
    if (gapS >= bounds[2 * index] - marginS && gapS <= bounds[2 * index + 1] + marginS) return index + 1;
  }
  return 0;
}
