import { expect, it } from 'vitest';
import { countSeen } from '../../../../src/analysis/connections/seen.ts';
import { SEEN_SLICES } from '../../../../src/analysis/connections/schema.ts';

function seenOf(starts: readonly number[], span: { firstMs: number; lastMs: number }): Record<number, number> {
  const seen = new Uint8Array(3 * SEEN_SLICES);
  countSeen(Float64Array.from(starts), span, seen, 1);
  expect(
    seen.subarray(0, SEEN_SLICES).every((count) => count === 0) &&
      seen.subarray(2 * SEEN_SLICES).every((count) => count === 0),
  ).toBe(true);
  const row = seen.subarray(SEEN_SLICES, 2 * SEEN_SLICES);
  return Object.fromEntries([...row.entries()].filter(([, count]) => count > 0));
}

it('counts starts in equal slices of the span, the ends included', () => {
  const span = { firstMs: 1000, lastMs: 1000 + SEEN_SLICES * 10 };
  expect(seenOf([1000, 1009, 1010, span.lastMs], span)).toEqual({ 0: 2, 1: 1, [SEEN_SLICES - 1]: 1 });
  expect(seenOf([0, 9_999_999], span)).toEqual({ 0: 1, [SEEN_SLICES - 1]: 1 });
});

it('has a most, and needs no span', () => {
  expect(
    seenOf(
      Array.from({ length: 300 }, () => 5),
      { firstMs: 5, lastMs: 5 },
    ),
  ).toEqual({ 0: 255 });
});
