import type { RhythmScratch } from './rhythm-scratch.ts';
import { highestBit, MOST_EVENTS } from './rhythm-scratch.ts';
import { percentile } from './statistics.ts';

const CENTRE_QUANTILES = [0.08, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.92];
const HALF_WIDTHS = [0.01, 0.03, 0.08, 0.15, 0.25, 0.4, 0.6, 0.82];
const LOW_QUANTILES = [0, 0.06, 0.15, 0.3];
const HIGH_QUANTILES = [0.7, 0.85, 0.94, 1];
const highs = new Float64Array(HIGH_QUANTILES.length);
const WIDEST = 0.9;
const LEAST_BOUND_S = 1e-3;
/** Every band is this much wider on each side: what a network adds to a clock. */
const SLACK_S = 0.025;
/** Of the explained gaps at least this share must be one period long. */
const LEAST_SINGLE_SHARE = 0.45;
/** A sum of two or three delays spreads by the square root of their number, relative to one. */
const ROOT_2 = Math.SQRT2;
const ROOT_3 = Math.sqrt(3);

/** `[n]` is n ln n. */
const COUNT_LOGS = Float64Array.from({ length: MOST_EVENTS }, (_, count) =>
  count === 0 ? 0 : count * Math.log(count),
);

/** The band that explains the gaps of one scale best. */
export interface BandFit {
  /** By how much it beats the null, in nats, before any price for the search. */
  logRatio: number;
  /** Index of its middle and relative half width in `scratch.centres` and `scratch.widths`. */
  band: number;
}

/**
 * Tries every band on the gaps of one scale and finds the one that explains them best against the null; the first of
 * equals. A gap in the bands of two numbers of periods counts in both.
 *
 * @param gaps seconds, ascending: the view of `scratch.gapAfter` that `visitGaps` gave
 * @param scratch with the null's `densitySums` for these gaps
 * @param least nats that the band has to beat the null by more than
 * @returns null where no band does
 */
export function findBand(gaps: Float64Array, scratch: RhythmScratch, least = Number.NEGATIVE_INFINITY): BandFit | null {
  const { centres, widths, densitySums: sums, gapAfter: ahead } = scratch;
  const count = gaps.length;
  const logCount = Math.log(count);
  const scaleS = scratch.scale[0];
  const firstBit = highestBit(count);
  const bands = listBands(gaps, centres, widths);
  let best = -1;
  let logRatioOfBest = least;
  for (let band = 0; band < bands; band++) {
    // The same bounds as `placeBand`, kept out of memory: this loop is most of what scoring costs.
    const centre = centres[band];
    const width = widths[band];
    const high1 = centre * (1 + width) + SLACK_S;
    const low1 = Math.max(centre * (1 - width) - SLACK_S, scaleS);
    const high2 = 2 * centre * (1 + width / ROOT_2) + SLACK_S;
    const low2 = Math.max(Math.max(2 * centre * (1 - width / ROOT_2), high1) - SLACK_S, scaleS);
    const high3 = 3 * centre * (1 + width / ROOT_3) + SLACK_S;
    const low3 = Math.max(Math.max(3 * centre * (1 - width / ROOT_3), high2) - SLACK_S, scaleS);
    let first1 = 0;
    let end1 = 0;
    let first2 = 0;
    let end2 = 0;
    let first3 = 0;
    let end3 = 0;
    for (let bit = firstBit; bit >= 0; bit--) {
      const step = 1 << bit;
      first1 |= +(ahead[first1 | step] < low1) << bit;
      end1 |= +(ahead[end1 | step] <= high1) << bit;
      first2 |= +(ahead[first2 | step] < low2) << bit;
      end2 |= +(ahead[end2 | step] <= high2) << bit;
      first3 |= +(ahead[first3 | step] < low3) << bit;
      end3 |= +(ahead[end3 | step] <= high3) << bit;
    }
    const singles = end1 - first1;
    const doubles = end2 - first2;
    const triples = end3 - first3;
    const held = singles + doubles + triples;
    const unexplained = count - singles - (end2 - Math.max(first2, end1)) - (end3 - Math.max(first3, end2));
    let logRatio =
      COUNT_LOGS[singles] +
      COUNT_LOGS[doubles] +
      COUNT_LOGS[triples] +
      COUNT_LOGS[unexplained] -
      (held + unexplained) * logCount -
      (sums[end1] - sums[first1]) -
      (sums[end2] - sums[first2]) -
      (sums[end3] - sums[first3]);
    // What is left to take away are logarithms, which are slow. A bound below each tells most bands hopeless.
    const most =
      logRatio - singles * logBelow(high1 - low1) - doubles * logBelow(high2 - low2) - triples * logBelow(high3 - low3);
    if (most < logRatioOfBest - BOUND_SLACK || singles < LEAST_SINGLE_SHARE * held) continue;
    if (singles > 0) logRatio -= singles * Math.log(high1 - low1);
    if (doubles > 0) logRatio -= doubles * Math.log(high2 - low2);
    if (triples > 0) logRatio -= triples * Math.log(high3 - low3);
    if (logRatio > logRatioOfBest) {
      logRatioOfBest = logRatio;
      best = band;
    }
  }
  return best < 0 ? null : { logRatio: logRatioOfBest, band: best };
}

/** Far more than rounding can make of the sums that a bound is compared in, far less than matters. */
const BOUND_SLACK = 1e-6;

const MANTISSA_BITS = 6;
/** `[i]` is ln(1 + i / 64). */
const MANTISSA_LOGS = Float64Array.from({ length: 1 << MANTISSA_BITS }, (_, index) =>
  Math.log(1 + index / (1 << MANTISSA_BITS)),
);
const number = new Float64Array(1);
const words = new Int32Array(number.buffer);
/** Which of the two words holds sign and exponent. */
const HIGH_WORD = (() => {
  number[0] = -1;
  return words[1] !== 0 ? 1 : 0;
})();

/**
 * The natural logarithm of a positive, normal number, cut to the table's precision: never above it, by at most 1/64
 * below.
 */
function logBelow(value: number): number {
  number[0] = value;
  const high = words[HIGH_WORD];
  return (
    ((high >>> 20) - 1023) * Math.LN2 + MANTISSA_LOGS[(high >>> (20 - MANTISSA_BITS)) & ((1 << MANTISSA_BITS) - 1)]
  );
}

/**
 * Finds the bounds of one, two and three periods of a band, and which gaps lie in them (a gap equal to a bound does).
 *
 * @param gaps seconds, ascending: the view of `scratch.gapAfter` that `visitGaps` gave
 * @param band index in `scratch.centres` and `scratch.widths`: numbers with fractions would cost a box each to pass
 */
export function placeBand(gaps: Float64Array, band: number, scratch: RhythmScratch): void {
  const { bounds, firsts, ends, gapAfter: ahead } = scratch;
  const centre = scratch.centres[band];
  const width = scratch.widths[band];
  const scaleS = scratch.scale[0];
  const high1 = centre * (1 + width) + SLACK_S;
  const low1 = Math.max(centre * (1 - width) - SLACK_S, scaleS);
  const high2 = 2 * centre * (1 + width / ROOT_2) + SLACK_S;
  const low2 = Math.max(Math.max(2 * centre * (1 - width / ROOT_2), high1) - SLACK_S, scaleS);
  const high3 = 3 * centre * (1 + width / ROOT_3) + SLACK_S;
  const low3 = Math.max(Math.max(3 * centre * (1 - width / ROOT_3), high2) - SLACK_S, scaleS);

  // Six binary searches side by side, without a branch that the processor would have to guess: most of it is waiting
  // otherwise. Each bit of a place is what a comparison gives, by a plus: Number() is a call in Firefox.
  let first1 = 0;
  let first2 = 0;
  let first3 = 0;
  let end1 = 0;
  let end2 = 0;
  let end3 = 0;
  for (let bit = highestBit(gaps.length); bit >= 0; bit--) {
    const step = 1 << bit;
    first1 |= +(ahead[first1 | step] < low1) << bit;
    first2 |= +(ahead[first2 | step] < low2) << bit;
    first3 |= +(ahead[first3 | step] < low3) << bit;
    end1 |= +(ahead[end1 | step] <= high1) << bit;
    end2 |= +(ahead[end2 | step] <= high2) << bit;
    end3 |= +(ahead[end3 | step] <= high3) << bit;
  }
  bounds[0] = low1;
  bounds[1] = high1;
  bounds[2] = low2;
  bounds[3] = high2;
  bounds[4] = low3;
  bounds[5] = high3;
  firsts[0] = first1;
  firsts[1] = first2;
  firsts[2] = first3;
  ends[0] = end1;
  ends[1] = end2;
  ends[2] = end3;
}

/** Lists the bands to try, by centre and by width and then by pairs of quantiles, and returns how many there are. */
function listBands(gaps: Float64Array, centres: Float64Array, widths: Float64Array): number {
  let bands = 0;
  let before = Number.NaN;
  for (let quantile = 0; quantile < CENTRE_QUANTILES.length; quantile++) {
    const centre = percentile(gaps, CENTRE_QUANTILES[quantile]);
    if (centre === before) continue;
    before = centre;
    for (let width = 0; width < HALF_WIDTHS.length; width++) {
      centres[bands] = centre;
      widths[bands] = HALF_WIDTHS[width];
      bands++;
    }
  }
  const longer = gaps.length + 1;
  for (let index = 0; index < HIGH_QUANTILES.length; index++) highs[index] = percentile(gaps, HIGH_QUANTILES[index]);
  for (let quantile = 0; quantile < LOW_QUANTILES.length; quantile++) {
    const lowest = percentile(gaps, LOW_QUANTILES[quantile]);
    for (let index = 0; index < highs.length; index++) {
      const margin = (highs[index] - lowest) / longer;
      const low = Math.max(lowest - margin, LEAST_BOUND_S);
      const high = highs[index] + margin;
      centres[bands] = (low + high) / 2;
      widths[bands] = Math.min((high - low) / (high + low), WIDEST);
      bands++;
    }
  }
  return bands;
}
