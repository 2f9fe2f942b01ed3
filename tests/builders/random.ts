/** Numbers that look random and are the same on every run. */
export interface Random {
  /** Even over [low, high); [0, 1) when called without. */
  uniform(low?: number, high?: number): number;
  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number;
  /** Waiting times of a Poisson process with this mean. */
  exponential(mean: number): number;
  normal(mean: number, deviation: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/** A generator of its own for each seed: mulberry32, 32 bits of state, fast and even enough for test traffic. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    uniform: (low = 0, high = 1) => low + next() * (high - low),
    integer,
    exponential: (mean) => -mean * Math.log(1 - next()),
    normal: (mean, deviation) => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      return mean + deviation * radius * Math.cos(2 * Math.PI * next());
    },
    chance: (probability) => next() < probability,
    pick: (choices) => choices[integer(0, choices.length - 1)],
  };
}
