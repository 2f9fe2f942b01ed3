import fc from 'fast-check';
import { mutation } from '../property/mutations.ts';
import { Coverage } from './coverage.ts';
import type { Target } from './targets.ts';

/** Inputs that are tried between two looks at what they reached: a look takes longer than an input. */
const BATCH = 16;
/** Inputs that are kept for further mutations. */
const MOST_KEPT = 2000;
/** An input may take no longer, in milliseconds of the processor. */
const LONGEST_MS = 4000;

/** What went wrong, and with which input. */
export interface Finding {
  what: string;
  input: Uint8Array;
}

export interface Fuzzed {
  tried: number;
  places: number;
  findings: Finding[];
}

/**
 * Tries mutations of a target's inputs; what reaches code that no input reached before is mutated further.
 *
 * @param seed the same seed tries the same inputs, as long as the code is the same
 */
export async function fuzz(target: Target, inputs: number, seed: number): Promise<Fuzzed> {
  const coverage = new Coverage();
  await coverage.start();
  const kept = [...(await target.seeds())];
  for (const input of kept) await target.run(input, [input.length + 1]);
  await coverage.news();
  const changes = fc.sample(mutation, { numRuns: Math.min(inputs, 20_000), seed });
  const findings: Finding[] = [];
  let batch: Uint8Array[] = [];
  for (let number = 0; number < inputs; number++) {
    const change = changes[number % changes.length];
    const input = change(kept[(number * 7919 + seed) % kept.length]);
    const fault = await tried(target, input, [1 + ((number * 31) % 97), 1 + ((number * 17) % 1009)]);
    if (fault !== null) findings.push({ what: fault, input });
    batch.push(input);
    if (batch.length < BATCH) continue;
    if ((await coverage.news()) > 0 && kept.length < MOST_KEPT) kept.push(batch[number % BATCH]);
    batch = [];
  }
  return { tried: inputs, places: coverage.places, findings };
}

/** What is wrong with how an input is read, null for nothing: it throws, takes long, or depends on its chunks. */
async function tried({ run }: Target, input: Uint8Array, pieces: readonly number[]): Promise<string | null> {
  const before = process.cpuUsage();
  try {
    const whole = await run(input, [input.length + 1]);
    const inPieces = await run(input, pieces);
    if (whole !== inPieces) return `in pieces of ${pieces.join(', ')} bytes "${inPieces}", whole "${whole}"`;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  if (processorMs(before) <= LONGEST_MS) return null;
  // Other processes take the caches, and the collector its time: what is slow is slow again.
  const again = process.cpuUsage();
  await run(input, [input.length + 1]);
  const ms = processorMs(again);
  return ms > LONGEST_MS ? `takes ${Math.round(ms)} ms` : null;
}

function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
