import type { RhythmScratch } from './rhythm-scratch.ts';
import { MOST_EVENTS } from './rhythm-scratch.ts';
import { percentile } from './statistics.ts';

const CENTRE_QUANTILES = [0.08, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.92];
const HALF_WIDTHS = [0.01, 0.03, 0.08, 0.15, 0.25, 0.4, 0.6, 0.82];
const LOW_QUANTILES = [0, 0.06, 0.15, 0.3];
const HIGH_QUANTILES = [0.7, 0.85, 0.94, 1];
const WIDEST = 0.9;
const LEAST_BOUND_S = 1e-3;
/** Every band is this much wider on each side: what a network adds to a clock. */
const SLACK_S = 0.025;
/** Of the explained gaps at least this share must be one period long. */
const LEAST_SINGLE_SHARE = 0.45;
/** Square roots of one, two and three periods: a sum of delays spreads by no more than that. */
const ROOTS = [1, Math.SQRT2, Math.sqrt(3)];

/** `[n]` is n ln n. */
const COUNT_LOGS = Float64Array.from({ length: MOST_EVENTS }, (_, count) => (count === 0 ? 0 : count * Math.log(count)));

/** The band that explains the gaps of one scale best. */
export interface BandFit {
  /** By how much it beats the null, in nats, before any price for the search. */
  logRatio: number;
  /** Middle in seconds and relative half width. */
  centre: number;
  width: number;
}

/**
 * Tries every band on the gaps of one scale and finds the one that explains them best against the null; the first of
 * equals. A gap in the bands of two numbers of periods counts in both.
 *
 * @param gaps seconds, ascending, each longer than `scaleS`
 * @param scratch with the null's `densitySums` for these gaps
 */
export function findBand(gaps: Float64Array, scaleS: number, scratch: RhythmScratch): BandFit {
  const { centres, widths, densitySums, bounds, firsts, ends } = scratch;
  const count = gaps.length;
  const logCount = Math.log(count);
  const bands = listBands(gaps, centres, widths);
  const best: BandFit = { logRatio: Number.NEGATIVE_INFINITY, centre: centres[0], width: widths[0] };
  firsts.fill(0);
  ends.fill(0);
  for (let band = 0; band < bands; band++) {
    placeBand(gaps, centres[band], widths[band], scaleS, scratch);
    const singles = ends[0] - firsts[0];
    const doubles = ends[1] - firsts[1];
    const triples = ends[2] - firsts[2];
    const held = singles + doubles + triples;
    if (singles < LEAST_SINGLE_SHARE * held) continue;
    const unexplained = count - singles - (ends[1] - Math.max(firsts[1], ends[0])) - (ends[2] - Math.max(firsts[2], ends[1]));
    let logRatio = COUNT_LOGS[singles] + COUNT_LOGS[doubles] + COUNT_LOGS[triples] + COUNT_LOGS[unexplained]
      - (held + unexplained) * logCount;
    for (let index = 0; index < 3; index++) {
      const inside = ends[index] - firsts[index];
      if (inside === 0) continue;
      logRatio -= densitySums[ends[index]] - densitySums[firsts[index]]
        + inside * Math.log(bounds[2 * index + 1] - bounds[2 * index]);
    }
    if (logRatio > best.logRatio) {
      best.logRatio = logRatio;
      best.centre = centres[band];
      best.width = widths[band];
    }
  }
  return best;
}

/**
 * Finds the bounds of one, two and three periods of a band, and which gaps lie in them (a gap equal to a bound does).
 * Starts to look where the band before left `scratch.firsts` and `scratch.ends`: neighbours are near.
 */
export function placeBand(
  gaps: Float64Array, centre: number, width: number, scaleS: number, scratch: RhythmScratch,
): void {
  const { bounds, firsts, ends } = scratch;
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < 3; index++) {
    const middle = (index + 1) * centre;
    const reach = width / ROOTS[index];
    const low = Math.max(Math.max(middle * (1 - reach), before) - SLACK_S, scaleS);
    const high = middle * (1 + reach) + SLACK_S;
    bounds[2 * index] = low;
    bounds[2 * index + 1] = high;
    firsts[index] = seekFrom(gaps, firsts[index], low);
    ends[index] = seekAbove(gaps, ends[index], high);
    before = high;
  }
}

/** Lists the bands to try, by centre and by width and then by pairs of quantiles, and returns how many there are. */
function listBands(gaps: Float64Array, centres: Float64Array, widths: Float64Array): number {
  let bands = 0;
  let before = Number.NaN;
  for (const quantile of CENTRE_QUANTILES) {
    const centre = percentile(gaps, quantile);
    if (centre === before) continue;
    before = centre;
    for (const width of HALF_WIDTHS) {
      centres[bands] = centre;
      widths[bands] = width;
      bands++;
    }
  }
  for (const lowQuantile of LOW_QUANTILES) {
    for (const highQuantile of HIGH_QUANTILES) {
      const lowest = percentile(gaps, lowQuantile);
      const highest = percentile(gaps, highQuantile);
      const margin = (highest - lowest) / (gaps.length + 1);
      const low = Math.max(lowest - margin, LEAST_BOUND_S);
      const high = highest + margin;
      centres[bands] = (low + high) / 2;
      widths[bands] = Math.min((high - low) / (high + low), WIDEST);
      bands++;
    }
  }
  return bands;
}

/** Index of the first gap that is `bound` or longer, looking outwards from `from`. */
function seekFrom(gaps: Float64Array, from: number, bound: number): number {
  let index = from;
  while (index > 0 && gaps[index - 1] >= bound) index--;
  while (index < gaps.length && gaps[index] < bound) index++;
  return index;
}

/** Index of the first gap longer than `bound`, looking outwards from `from`. */
function seekAbove(gaps: Float64Array, from: number, bound: number): number {
  let index = from;
  while (index > 0 && gaps[index - 1] > bound) index--;
  while (index < gaps.length && gaps[index] <= bound) index++;
  return index;
}
