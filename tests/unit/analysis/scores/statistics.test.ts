import { describe, expect, it } from 'vitest';
import {
  median,
  medianAbsoluteDeviation,
  percentile,
  sortAscending,
} from '../../../../src/analysis/scores/statistics.ts';

const values = (...list: number[]): Float64Array => Float64Array.from(list);

describe('percentile', () => {
  it('interpolates linearly at (n - 1) q, as numpy does', () => {
    const sorted = values(80, 83, 84, 97);
    expect(percentile(sorted, 0)).toBe(80);
    expect(percentile(sorted, 0.25)).toBe(82.25);
    expect(percentile(sorted, 0.5)).toBe(83.5);
    expect(percentile(sorted, 0.75)).toBe(87.25);
    expect(percentile(sorted, 1)).toBe(97);
  });

  it('rounds from the nearer end, as numpy does', () => {
    // numpy.percentile([0.1, 0.7], 75) and ([0.1, 0.7], 25)
    expect(percentile(values(0.1, 0.7), 0.75)).toBe(0.7 - (0.7 - 0.1) * 0.25);
    expect(percentile(values(0.1, 0.7), 0.25)).toBe(0.1 + (0.7 - 0.1) * 0.25);
  });

  it('gives the only value of one, and NaN of none', () => {
    expect(percentile(values(7), 0.75)).toBe(7);
    expect(percentile(values(), 0.5)).toBeNaN();
  });
});

describe('median', () => {
  it('is the middle value, or the mean of the middle two', () => {
    expect(median(values(1, 5, 9))).toBe(5);
    expect(median(values(1, 5, 6, 9))).toBe(5.5);
    expect(median(values(3))).toBe(3);
    expect(median(values())).toBeNaN();
  });
});

describe('medianAbsoluteDeviation', () => {
  it('is the median distance from the median', () => {
    expect(medianAbsoluteDeviation(values(1, 1, 2, 2, 4, 6, 9))).toBe(1);
    expect(medianAbsoluteDeviation(values(1, 2, 4, 100))).toBe(1.5);
    expect(medianAbsoluteDeviation(values(0, 0, 0, 60))).toBe(0);
  });

  it('is 0 for one value, and NaN for none', () => {
    expect(medianAbsoluteDeviation(values(12))).toBe(0);
    expect(medianAbsoluteDeviation(values())).toBeNaN();
  });

  it('takes only the view it is given', () => {
    const wider = values(900, 1, 3, 7, 0);
    expect(medianAbsoluteDeviation(wider.subarray(1, 4))).toBe(2);
  });
});

describe('sortAscending', () => {
  it('sorts the view in place by number', () => {
    const wider = values(5, 100, 20, 3, 1);
    sortAscending(wider.subarray(1, 4));
    expect([...wider]).toEqual([5, 3, 20, 100, 1]);
  });

  it('leaves sorted values and empty views alone', () => {
    const sorted = values(1, 1, 2);
    sortAscending(sorted);
    sortAscending(values());
    expect([...sorted]).toEqual([1, 1, 2]);
  });
});
