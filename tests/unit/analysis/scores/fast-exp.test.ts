import { describe, expect, it } from 'vitest';
import { fastExp } from '../../../../src/analysis/scores/fast-exp.ts';

describe('a fast exponential', () => {
  it('is that of the platform but for the last bit or two', () => {
    let largestError = 0;
    for (let x = -699.99; x < 700; x += 0.0137)
      largestError = Math.max(largestError, Math.abs(fastExp(x) / Math.exp(x) - 1));
    for (let x = 1; x > 1e-18; x /= 1.01) {
      largestError = Math.max(
        largestError,
        Math.abs(fastExp(x) / Math.exp(x) - 1),
        Math.abs(fastExp(-x) / Math.exp(-x) - 1),
      );
    }
    expect(largestError).toBeLessThan(2 ** -51);
  });

  it('is exact where nothing is to be rounded, and where there is nothing left or too much', () => {
    expect([0, -0, Number.NaN, -1e9, Number.NEGATIVE_INFINITY, 1e9, Number.POSITIVE_INFINITY].map(fastExp)).toEqual([
      1,
      1,
      Number.NaN,
      0,
      0,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(fastExp(705)).toBe(Math.exp(705));
  });
});
