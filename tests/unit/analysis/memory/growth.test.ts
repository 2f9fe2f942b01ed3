import { describe, expect, it } from 'vitest';
import { grownCapacity } from '../../../../src/analysis/memory/growing-column.ts';

describe('how columns grow', () => {
  it('copies each entry a few times however many there are, and leaves little room unused when there are many', () => {
    for (const entries of [1000, 100_000, 10_000_000, 20_000_000]) {
      let capacity = 1024;
      let copied = 0;
      while (capacity < entries) {
        copied += capacity;
        capacity = grownCapacity(capacity);
      }
      expect(copied).toBeLessThan(5 * Math.max(entries, 1024));
      expect(capacity).toBeLessThanOrEqual(Math.max(1024, (entries > 2_200_000 ? 1.26 : 4) * entries));
    }
  });
});
