import type { Random } from '../../../builders/random.ts';

/** Times in seconds from 0 to `captureS` with gaps drawn one after the other. */
export function renewal(captureS: number, fromS: number, gap: () => number): number[] {
  const times: number[] = [];
  for (let now = fromS; now < captureS && times.length < 3000; now += Math.max(gap(), 1e-3)) times.push(now);
  return times;
}

export function poisson(random: Random, captureS: number, meanS: number): number[] {
  return renewal(captureS, random.exponential(meanS), () => random.exponential(meanS));
}

/** A log-normal draw by its median. */
export function logNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(random.normal(0, spread));
}

/** Evenly in the logarithm. */
export function logUniform(random: Random, low: number, high: number): number {
  return low * Math.exp(random.uniform(0, Math.log(high / low)));
}

/** Heavy-tailed: Pareto from `least` on. */
export function pareto(random: Random, least: number, exponent: number): number {
  return least * (1 - random.uniform()) ** (-1 / exponent);
}

/** Every time once more and up to `most` times in all, each within an exponential `spreadS` of the one before. */
export function bursts(
  random: Random,
  times: readonly number[],
  least: number,
  most: number,
  spreadS: number,
): number[] {
  return times.flatMap((time) => {
    let now = time;
    return Array.from({ length: random.integer(least, most) }, (_, index) => {
      if (index > 0) now += random.exponential(spreadS);
      return now;
    });
  });
}

/** Stretches in which a user is active, and the events of each. */
export function sessions(
  random: Random,
  captureS: number,
  betweenS: number,
  lengthS: number,
  events: (fromS: number, toS: number) => number[],
): number[] {
  const starts = [random.uniform(0, captureS / 3), ...poisson(random, captureS, betweenS)];
  return starts.flatMap((from) => events(from, Math.min(captureS, from + random.exponential(lengthS))));
}
