import { log, logBelow } from './logarithms';
import { at, CENTRES, COUNT_LOGS, DENSITY_SUMS, GAP_AFTER, GAPS, largestStep, pairAt, WIDTHS } from './memory';
import { bands, listBands } from './rhythm-band-list';

const SLACK_S: f64 = 0.025;
const LEAST_SINGLE_SHARE: f64 = 0.45;
const BOUND_SLACK: f64 = 1e-6;
const ROOT_2: f64 = 1.4142135623730951;
const ROOT_3: f64 = 1.7320508075688772;
/** Up to so many gaps it is quicker to compare all of them, two at a time, than to search. */
const MOST_COUNTED: i32 = 48;

// The bounds of the band at hand, and where among the gaps they lie.
let low1: f64 = 0;
let high1: f64 = 0;
let low2: f64 = 0;
let high2: f64 = 0;
let low3: f64 = 0;
let high3: f64 = 0;
export let first1: i32 = 0;
export let end1: i32 = 0;
let first2: i32 = 0;
let end2: i32 = 0;
let first3: i32 = 0;
let end3: i32 = 0;

function bitsSet(lanes: v128): i32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 2);
}

export function placeBand(count: i32, centre: f64, width: f64, scaleS: f64): void {
  high1 = centre * (1 + width) + SLACK_S;
  low1 = max(centre * (1 - width) - SLACK_S, scaleS);
  high2 = 2 * centre * (1 + width / ROOT_2) + SLACK_S;
  low2 = max(max(2 * centre * (1 - width / ROOT_2), high1) - SLACK_S, scaleS);
  high3 = 3 * centre * (1 + width / ROOT_3) + SLACK_S;
  low3 = max(max(3 * centre * (1 - width / ROOT_3), high2) - SLACK_S, scaleS);
  if (count <= MOST_COUNTED) {
    const lows1 = f64x2.splat(low1);
    const lows2 = f64x2.splat(low2);
    const lows3 = f64x2.splat(low3);
    const highs1 = f64x2.splat(high1);
    const highs2 = f64x2.splat(high2);
    const highs3 = f64x2.splat(high3);
    let firsts1 = i64x2.splat(0);
    let firsts2 = firsts1;
    let firsts3 = firsts1;
    let ends1 = firsts1;
    let ends2 = firsts1;
    let ends3 = firsts1;
    for (let index = 0; index < count; index += 2) {
      const gaps = pairAt(GAPS, index);
      firsts1 = v128.sub<i64>(firsts1, f64x2.lt(gaps, lows1));
      ends1 = v128.sub<i64>(ends1, f64x2.le(gaps, highs1));
      firsts2 = v128.sub<i64>(firsts2, f64x2.lt(gaps, lows2));
      ends2 = v128.sub<i64>(ends2, f64x2.le(gaps, highs2));
      firsts3 = v128.sub<i64>(firsts3, f64x2.lt(gaps, lows3));
      ends3 = v128.sub<i64>(ends3, f64x2.le(gaps, highs3));
    }
    first1 = bitsSet(firsts1);
    first2 = bitsSet(firsts2);
    first3 = bitsSet(firsts3);
    end1 = bitsSet(ends1);
    end2 = bitsSet(ends2);
    end3 = bitsSet(ends3);
    return;
  }
  let f1 = 0;
  let f2 = 0;
  let f3 = 0;
  let e1 = 0;
  let e2 = 0;
  let e3 = 0;
  for (let step = largestStep(count); step > 0; step >>= 1) {
    f1 += -(<i32>(at(GAP_AFTER, f1 + step) < low1)) & step;
    e1 += -(<i32>(at(GAP_AFTER, e1 + step) <= high1)) & step;
    f2 += -(<i32>(at(GAP_AFTER, f2 + step) < low2)) & step;
    e2 += -(<i32>(at(GAP_AFTER, e2 + step) <= high2)) & step;
    f3 += -(<i32>(at(GAP_AFTER, f3 + step) < low3)) & step;
    e3 += -(<i32>(at(GAP_AFTER, e3 + step) <= high3)) & step;
  }
  first1 = f1;
  first2 = f2;
  first3 = f3;
  end1 = e1;
  end2 = e2;
  end3 = e3;
}

/** Of the band found last. */
export let logRatioOfBest: f64 = 0;

export function findBand(count: i32, scaleS: f64, least: f64): i32 {
  const logCount = log(<f64>count);
  listBands(count);
  let best = -1;
  let top = least;
  for (let band = 0; band < bands; band++) {
    placeBand(count, at(CENTRES, band), at(WIDTHS, band), scaleS);
    const singles = end1 - first1;
    const doubles = end2 - first2;
    const triples = end3 - first3;
    const held = singles + doubles + triples;
    const unexplained = count - singles - (end2 - max(first2, end1)) - (end3 - max(first3, end2));
    let logRatio =
      at(COUNT_LOGS, singles) +
      at(COUNT_LOGS, doubles) +
      at(COUNT_LOGS, triples) +
      at(COUNT_LOGS, unexplained) -
      <f64>(held + unexplained) * logCount -
      (at(DENSITY_SUMS, end1) - at(DENSITY_SUMS, first1)) -
      (at(DENSITY_SUMS, end2) - at(DENSITY_SUMS, first2)) -
      (at(DENSITY_SUMS, end3) - at(DENSITY_SUMS, first3));
    const most =
      logRatio -
      <f64>singles * logBelow(high1 - low1) -
      <f64>doubles * logBelow(high2 - low2) -
      <f64>triples * logBelow(high3 - low3);
    if (most < top - BOUND_SLACK || <f64>singles < LEAST_SINGLE_SHARE * <f64>held) continue;
    if (singles > 0) logRatio -= <f64>singles * log(high1 - low1);
    if (doubles > 0) logRatio -= <f64>doubles * log(high2 - low2);
    if (triples > 0) logRatio -= <f64>triples * log(high3 - low3);
    if (logRatio > top) {
      top = logRatio;
      best = band;
    }
  }
  logRatioOfBest = top;
  return best;
}

function sumFrom(from: i32, to: i32, sum: f64): f64 {
  for (let index = from; index < to; index++) sum += at(GAPS, index);
  return sum;
}

export function explainedSeconds(): f64 {
  let sum = sumFrom(first1, end1, 0);
  const next2 = max(max(first1, end1), first2);
  sum = sumFrom(next2, end2, sum);
  const next3 = max(max(next2, end2), first3);
  return sumFrom(next3, end3, sum);
}
