/** How many times as much the larger input is. */
const TIMES = 16;
/** Work that went back over what is done would take the square: 256 times as much. */
export const MOST_GROWTH = 4 * TIMES;
/** What the smaller input is held to take at least: below, the clock and the collector decide. */
const LEAST_MS = 2;
/** Other processes empty the caches: what is slow only then is not slow again, what takes the square always is. */
const ATTEMPTS = 5;

/**
 * How many times as much of the processor's time some work takes for an input that is 16 times as long. Time on the
 * wall would depend on what else the machine does.
 */
export async function growth<T>(
  inputOf: (length: number) => T,
  work: (input: T) => unknown,
  small: number,
): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least > MOST_GROWTH / 2; attempt++) {
    const smallMs = await processorMs(inputOf(small), work);
    const largeMs = await processorMs(inputOf(small * TIMES), work);
    least = Math.min(least, largeMs / Math.max(smallMs, LEAST_MS));
  }
  return least;
}

/** The least of three runs: the first of them compiles. */
async function processorMs<T>(input: T, work: (input: T) => unknown): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    await work(input);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
