import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberTable } from '../../../../src/analysis/memory/number-table.ts';

it('goes on from a copy as from itself, apart from it', () => {
  const table = new NumberTable();
  for (let value = 0; value < 100; value++) table.numberOf(value * 2 ** 33);
  const copy = table.copy();
  expect(copy.numberOf(1)).toBe(100);
  expect(copy.numberOf(7 * 2 ** 33)).toBe(7);
  expect(copy.count).toBe(101);
  expect(table.find(1)).toBe(-1);
  expect(table.count).toBe(100);
});

it('numbers whole numbers in order of appearance, and knows which never came', () => {
  const value = fc.oneof(fc.nat(40), fc.maxSafeNat(), fc.constantFrom(2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 400 }), fc.array(value), (values, others) => {
      const table = new NumberTable();
      const known = new Map<number, number>();
      for (const each of values) {
        if (!known.has(each)) known.set(each, known.size);
        expect(table.numberOf(each)).toBe(known.get(each));
      }
      expect(table.count).toBe(known.size);
      for (const each of [...values, ...others]) expect(table.find(each)).toBe(known.get(each) ?? -1);
    }),
  );
});
