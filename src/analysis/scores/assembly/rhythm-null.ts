import { areSmall, fastExp, fastExps } from './fast-exp';
import { LN2, log } from './logarithms';
import { at, DENSITY_SUMS, EXCESS, GAPS, LOG_EXCESS, LOG_ROOT_TAU, MIXTURE, pairAt, put } from './memory';
import { median, percentile } from './statistics';

const LEAST_EXCESS_S: f64 = 1e-3;
const LEAST_LOG_DEVIATION: f64 = 0.9;
const MIXTURE_STEPS: i32 = 8;
const LOST: f64 = 5.551115123125783e-17;
const LOG_LOST: f64 = -54 * LN2;

export function fitNull(count: i32, scaleS: f64): i32 {
  let sum: f64 = 0;
  let logSum: f64 = 0;
  for (let index = 0; index < count; index++) {
    const value = max(at(GAPS, index) - scaleS, LEAST_EXCESS_S);
    const logarithm = log(value);
    put(EXCESS, index, value);
    put(LOG_EXCESS, index, logarithm);
    sum += value;
    logSum += logarithm;
  }
  const n = <f64>count;
  const mean = sum / n;
  const middle = max(median(EXCESS, count), LEAST_EXCESS_S);
  const logMean = logSum / n;
  let squares: f64 = 0;
  for (let index = 0; index < count; index++) {
    const distance = at(LOG_EXCESS, index) - logMean;
    squares += distance * distance;
  }
  const deviation = max(LEAST_LOG_DEVIATION, Math.sqrt(squares / n));
  const logMiddle = log(middle);
  const logScale = log(deviation) + at(LOG_ROOT_TAU, 0);
  const exponential = -n * (log(mean) + 1);
  const logistic = -n * logMiddle - 2 * sumLogOnePlus(count, 1 / middle);
  const normal = -logSum - n * logScale - squares / (2 * deviation * deviation);
  const mixture = fitMixture(count);
  const most = max(max(exponential, logistic), max(normal, mixture));
  const chosen = exponential == most ? 0 : logistic == most ? 1 : normal == most ? 2 : mixture == most ? 3 : -1;

  const logOfMean = log(mean);
  let total: f64 = 0;
  for (let index = 0; index < count; index++) {
    put(DENSITY_SUMS, index, total);
    if (chosen == 0) total -= logOfMean + at(EXCESS, index) / mean;
    else if (chosen == 1) total -= logMiddle + 2 * log(1 + at(EXCESS, index) / middle);
    else if (chosen == 2) {
      const distance = (at(LOG_EXCESS, index) - logMean) / deviation;
      total -= at(LOG_EXCESS, index) + logScale + 0.5 * distance * distance;
    } else total += at(MIXTURE, index);
  }
  put(DENSITY_SUMS, count, total);
  return chosen;
}

function sumLogOnePlus(count: i32, factor: f64): f64 {
  let sum: f64 = 0;
  let product: f64 = 1;
  for (let index = 0; index < count; index++) {
    product *= 1 + at(EXCESS, index) * factor;
    if ((index & 15) == 15) {
      sum += log(product);
      product = 1;
    }
  }
  return sum + log(product);
}

/** Whether both parts are less than half of the last bit of their sums. */
function areLost(share: f64, shares: f64, part: f64, shared: f64): bool {
  return share < shares * LOST && part < shared * LOST;
}

function fitMixture(count: i32): f64 {
  let first = max(percentile(EXCESS, count, 0.2), LEAST_EXCESS_S);
  let second = max(percentile(EXCESS, count, 0.85), 2 * LEAST_EXCESS_S);
  let weight: f64 = 0.5;
  let sum: f64 = 0;
  for (let index = 0; index < count; index++) sum += at(EXCESS, index);
  for (let step = 0; step < MIXTURE_STEPS; step++) {
    const odds = ((1 - weight) * first) / (weight * second);
    const rate = 1 / first - 1 / second;
    let shares: f64 = 0;
    let shared: f64 = 0;
    for (let index = 0; index < count; index += 2) {
      const values = pairAt(EXCESS, index);
      const powers = f64x2.mul(values, f64x2.splat(rate));
      const exps = areSmall(powers)
        ? fastExps(powers)
        : f64x2.replace_lane(
            f64x2.splat(fastExp(f64x2.extract_lane(powers, 0))),
            1,
            fastExp(f64x2.extract_lane(powers, 1)),
          );
      const ones = f64x2.splat(1);
      const both = f64x2.div(ones, f64x2.add(ones, f64x2.mul(f64x2.splat(odds), exps)));
      const bothShared = f64x2.mul(both, values);
      const share1 = f64x2.extract_lane(both, 0);
      const part1 = f64x2.extract_lane(bothShared, 0);
      shares += share1;
      shared += part1;
      if (areLost(share1, shares, part1, shared) && f64x2.extract_lane(powers, 0) > 1) break;
      if (index + 1 == count) break;
      const share2 = f64x2.extract_lane(both, 1);
      const part2 = f64x2.extract_lane(bothShared, 1);
      shares += share2;
      shared += part2;
      if (areLost(share2, shares, part2, shared) && f64x2.extract_lane(powers, 1) > 1) break;
    }
    weight = min(0.98, max(0.02, shares / <f64>count));
    first = max(shared / max(shares, 1e-9), LEAST_EXCESS_S);
    second = max((sum - shared) / max(<f64>count - shares, 1e-9), LEAST_EXCESS_S);
  }
  const slow = max(first, second);
  const fast = min(first, second);
  const slowWeight = first > second ? weight : 1 - weight;
  const odds = ((1 - slowWeight) * slow) / (slowWeight * fast);
  const rate = 1 / slow - 1 / fast;
  const vanished = LOG_LOST - 1 - log(odds);
  const constant = log(slowWeight / slow) - log(<f64>count) / <f64>count;
  let total: f64 = 0;
  for (let index = 0; index < count; index++) {
    const value = at(EXCESS, index);
    const fastShare = value * rate < vanished ? 0 : log(1 + odds * fastExp(value * rate));
    const density = constant - value / slow + fastShare;
    put(MIXTURE, index, density);
    total += density;
  }
  return total;
}
