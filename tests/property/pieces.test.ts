import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TARGETS } from '../fuzz/targets.ts';
import { mutation } from './mutations.ts';

/** Lengths of the pieces that a damaged file comes in, over again: few bytes, many, or one each. */
const pieces = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5000 })), {
  minLength: 1,
  maxLength: 6,
});

it.each(Object.entries(TARGETS))(
  '%s: a damaged file is the same, word for word, in whatever pieces it comes',
  async (_, { seeds, run }) => {
    const files = await seeds();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), mutation, pieces, async (file, damaged, lengths) => {
        const bytes = damaged(file);
        expect(await run(bytes, lengths)).toBe(await run(bytes, [bytes.length + 1]));
      }),
      { numRuns: 40 },
    );
  },
);
