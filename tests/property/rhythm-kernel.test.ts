import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRhythmKernel, type Engine, type FoundRhythm } from '../../src/analysis/scores/rhythm-kernel.ts';
import { createRhythmScratch, MOST_EVENTS } from '../../src/analysis/scores/rhythm-scratch.ts';
import { SOURCE_DIGEST } from '../../src/analysis/scores/rhythm-wasm.ts';
import { searchRhythm } from '../../src/analysis/scores/rhythm.ts';
import { kernelDigest } from '../kernel/kernel-source.ts';

const engine = globalThis as unknown as Engine;
const kernel = createRhythmKernel(engine);
const scratch = createRhythmScratch();

/** Milliseconds from one start to the next: clocks with jitter and missed check-ins, bursts, and chance at every scale. */
const gapsMs = fc
  .tuple(fc.double({ min: 1, max: 4e6, noNaN: true }), fc.double({ min: 0, max: 0.9, noNaN: true }))
  .chain(([intervalMs, jitter]) =>
    fc.oneof(
      fc.double({ min: intervalMs * (1 - jitter), max: intervalMs * (1 + jitter), noNaN: true }),
      fc.constantFrom(0, 1e-3, 100, intervalMs, 2 * intervalMs, 3 * intervalMs),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.double({ min: -3, max: 10, noNaN: true }).map((power) => 10 ** power),
    ),
  );

/** Starts, ascending: up to a few dozen as they are drawn, or as many as are looked at, drawn again and again. */
const startsMs = fc
  .tuple(fc.array(gapsMs, { minLength: 0, maxLength: 60 }), fc.constantFrom(1, 1, 1, 1, 8, 40))
  .map(([gaps, repeats]) => {
    const all = Array.from({ length: repeats }, (_, round) => gaps.map((gap) => gap * (1 + round / 64))).flat();
    let ms = 0;
    return Float64Array.from([0, ...all].slice(0, MOST_EVENTS), (gap) => (ms += gap));
  });

const least = fc.oneof(fc.constant(Number.NEGATIVE_INFINITY), fc.double({ min: -20, max: 60, noNaN: true }));
const price = fc.double({ min: 0, max: 12, noNaN: true });

describe('the kernel in WebAssembly', () => {
  it('finds what the search in TypeScript finds, to the last bit', () => {
    let found = 0;
    fc.assert(
      fc.property(startsMs, price, least, (starts, paid, from) => {
        const outcome: FoundRhythm | null | undefined = kernel?.find(starts, paid, from);
        found += outcome ? 1 : 0;
        expect(outcome).toEqual(searchRhythm(starts, scratch, paid, from));
      }),
      { numRuns: 600 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('is of the sources beside it', () => {
    expect(SOURCE_DIGEST, 'npm run kernel compiles it anew').toBe(kernelDigest());
  });

  it('is done without where there is no WebAssembly, or none with vectors, or none is allowed', () => {
    expect(createRhythmKernel({ atob })).toBeNull();
    function refuse(): never {
      throw new EvalError('refused by the policy of the page');
    }
    const WebAssembly = { Module: refuse, Instance: refuse } as unknown as NonNullable<Engine['WebAssembly']>;
    expect(createRhythmKernel({ atob, WebAssembly })).toBeNull();
  });
});
