import { fastExp } from './fast-exp.ts';
import type { RhythmScratch } from './rhythm-scratch.ts';
import { median, percentile } from './statistics.ts';

/** What gaps look like that follow no rhythm; the index is what a result tells. */
export const NULLS = ['exponential', 'log-logistic', 'log-normal', 'two exponentials'] as const;

const LEAST_EXCESS_S = 1e-3;
const LEAST_LOG_DEVIATION = 0.9;
const MIXTURE_STEPS = 8;
/** Half of a double's last bit, relative to the double. */
const LOST = 2 ** -54;
const LOG_LOST = -54 * Math.LN2;
const LOG_ROOT_TAU = 0.5 * Math.log(2 * Math.PI);

/**
 * Fits the four explanations without a rhythm to the gaps of one scale and sums the log densities of the one with the
 * largest total into `scratch.densitySums`.
 *
 * @param gaps seconds, ascending, each longer than `scaleS`
 * @returns the index in `NULLS` of the explanation chosen; the first of equals
 */
export function fitNull(gaps: Float64Array, scaleS: number, scratch: RhythmScratch): number {
  const count = gaps.length;
  const { excess, logExcess, mixture, densitySums } = scratch;
  let sum = 0;
  let logSum = 0;
  for (let index = 0; index < count; index++) {
    const value = Math.max(gaps[index] - scaleS, LEAST_EXCESS_S);
    const log = Math.log(value);
    excess[index] = value;
    logExcess[index] = log;
    sum += value;
    logSum += log;
  }
  const values = excess.subarray(0, count);
  const mean = sum / count;
  const middle = Math.max(median(values), LEAST_EXCESS_S);
  const logMean = logSum / count;
  let squares = 0;
  for (let index = 0; index < count; index++) squares += (logExcess[index] - logMean) ** 2;
  const deviation = Math.max(LEAST_LOG_DEVIATION, Math.sqrt(squares / count));

  const logMiddle = Math.log(middle);
  const logScale = Math.log(deviation) + LOG_ROOT_TAU;
  const totals = [
    -count * (Math.log(mean) + 1),
    -count * logMiddle - 2 * sumLogOnePlus(values, 1 / middle),
    -logSum - count * logScale - squares / (2 * deviation * deviation),
    fitMixture(values, mixture),
  ];
  const chosen = totals.indexOf(Math.max(...totals));

  const logOfMean = Math.log(mean);
  let total = 0;
  for (let index = 0; index < count; index++) {
    densitySums[index] = total;
    switch (chosen) {
      case 0:
        total -= logOfMean + excess[index] / mean;
        break;
      case 1:
        total -= logMiddle + 2 * Math.log(1 + excess[index] / middle);
        break;
      case 2: {
        const distance = (logExcess[index] - logMean) / deviation;
        total -= logExcess[index] + logScale + 0.5 * distance * distance;
        break;
      }
      default:
        total += mixture[index];
    }
  }
  densitySums[count] = total;
  return chosen;
}

/** Sum of ln(1 + factor * value): sixteen factors share one logarithm, far from what a double can hold. */
function sumLogOnePlus(values: Float64Array, factor: number): number {
  let sum = 0;
  let product = 1;
  for (let index = 0; index < values.length; index++) {
    product *= 1 + values[index] * factor;
    if ((index & 15) === 15) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return sum + Math.log(product);
}

/**
 * Eight steps of expectation and maximisation for two exponentials, from the 20th and 85th percentile and equal
 * weights; writes each gap's log density, less its share of the price of the extra parameters.
 *
 * @param values seconds, ascending
 * @returns the total
 */
function fitMixture(values: Float64Array, densities: Float64Array): number {
  const count = values.length;
  let first = Math.max(percentile(values, 0.2), LEAST_EXCESS_S);
  let second = Math.max(percentile(values, 0.85), 2 * LEAST_EXCESS_S);
  let weight = 0.5;
  let sum = 0;
  for (let index = 0; index < count; index++) sum += values[index];
  for (let step = 0; step < MIXTURE_STEPS; step++) {
    const odds = ((1 - weight) * first) / (weight * second);
    const rate = 1 / first - 1 / second;
    let shares = 0;
    let shared = 0;
    for (let index = 0; index < count; index++) {
      const share = 1 / (1 + odds * fastExp(values[index] * rate));
      shares += share;
      shared += share * values[index];
      // Shares fall from here on, and what is less than half of a sum's last bit is lost in it: the rest adds nothing.
      if (share < shares * LOST && share * values[index] < shared * LOST && values[index] * rate > 1) break;
    }
    weight = Math.min(0.98, Math.max(0.02, shares / count));
    first = Math.max(shared / Math.max(shares, 1e-9), LEAST_EXCESS_S);
    second = Math.max((sum - shared) / Math.max(count - shares, 1e-9), LEAST_EXCESS_S);
  }
  // From the slower of the two, so that the exponential below never overflows.
  const slow = Math.max(first, second);
  const fast = Math.min(first, second);
  const slowWeight = first > second ? weight : 1 - weight;
  const odds = ((1 - slowWeight) * slow) / (slowWeight * fast);
  const rate = 1 / slow - 1 / fast;
  const vanished = LOG_LOST - 1 - Math.log(odds);
  const constant = Math.log(slowWeight / slow) - Math.log(count) / count;
  let total = 0;
  for (let index = 0; index < count; index++) {
    // 1 + 2^-54 is 1: where the faster of the two has died away, there is nothing to take a logarithm of.
    const fastShare = values[index] * rate < vanished ? 0 : Math.log(1 + odds * fastExp(values[index] * rate));
    const density = constant - values[index] / slow + fastShare;
    densities[index] = density;
    total += density;
  }
  return total;
}
