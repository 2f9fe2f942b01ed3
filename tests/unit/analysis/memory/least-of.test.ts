import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastOf } from '../../../../src/analysis/memory/least-of.ts';

/** Few different keys: most things share one. */
const key = fc.constantFrom(Number.NEGATIVE_INFINITY, 0, 0.5, 1, 7, 1_772_438_400_000);

describe('leastOf', () => {
  it('marks what would come first, were all of them sorted', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, key)), fc.nat(100), (things, most) => {
        const count = Math.min(most, things.length);
        const [firsts, seconds] = [0, 1].map((which) => things.map((keys) => keys[which]));
        const order = things.map((_, thing) => thing);
        const less = (keys: number[], a: number, b: number): number =>
          keys[a] < keys[b] ? -1 : Number(keys[a] > keys[b]);
        order.sort((a, b) => less(firsts, a, b) || less(seconds, a, b) || a - b);
        const expected = new Uint8Array(things.length);
        for (const thing of order.slice(0, count)) expected[thing] = 1;
        expect(leastOf(count, firsts, seconds)).toEqual(expected);
      }),
    );
  });
});
