import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberTable } from '../../../../src/analysis/memory/number-table.ts';

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
