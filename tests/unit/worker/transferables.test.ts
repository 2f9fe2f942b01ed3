import { describe, expect, it } from 'vitest';
import { buffersOf, copied } from '../../../src/worker/transferables.ts';

describe('copied', () => {
  it('leaves all arrays to their owner when the copy is moved away, and the rest as it is', () => {
    const kept = {
      length: 2,
      scores: { low: Float64Array.of(0.5, Number.NaN) },
      flows: Uint16Array.of(7, 8),
      texts: 'a\nb',
      none: null,
    };
    const copy = copied(kept);
    expect(copy).toEqual(kept);
    const moved = structuredClone(copy, { transfer: buffersOf(copy) });
    expect(moved).toEqual(kept);
    expect(copy.flows).toHaveLength(0);
    expect([...kept.flows, ...kept.scores.low]).toEqual([7, 8, 0.5, Number.NaN]);
  });
});

describe('buffersOf', () => {
  it('finds each buffer once, however deep it lies and however many arrays share it', () => {
    const shared = new Uint8Array(8);
    const own = Float64Array.of(1);
    expect(buffersOf({ a: shared.subarray(2), b: { c: shared, d: own, e: null, f: 'text' } })).toEqual([
      shared.buffer,
      own.buffer,
    ]);
  });
});
