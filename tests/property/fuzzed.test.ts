import { expect, it } from 'vitest';
import { fuzz } from '../fuzz/fuzz.ts';
import { TARGETS } from '../fuzz/targets.ts';

/** Inputs of each reader; `npm run fuzz` tries more, of other seeds. */
const INPUTS = 200;
const SEED = 1;

it.each(Object.entries(TARGETS))('%s: mutated inputs end without a fault, whatever their chunks', async (_, target) => {
  const { tried, findings } = await fuzz(target, INPUTS, SEED);
  expect(tried).toBe(INPUTS);
  expect(findings).toEqual([]);
});
