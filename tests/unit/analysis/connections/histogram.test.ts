import { describe, expect, it } from 'vitest';
import type { Bin } from '../../../../src/analysis/connections/histogram.ts';
import {
  linearBins,
  logBins,
  MAXIMUM_BINS,
  rowBinEdges,
  rowBinOf,
} from '../../../../src/analysis/connections/histogram.ts';
import { ROW_BINS } from '../../../../src/analysis/connections/schema.ts';

const counts = (bins: Bin[]): number[] => bins.map((bin) => bin.count);

describe('linearBins', () => {
  it('takes nice widths from a multiple of them', () => {
    expect(linearBins(Float64Array.of(13, 18, 47, 52), 5)).toEqual([
      { from: 10, to: 20, count: 2 },
      { from: 20, to: 30, count: 0 },
      { from: 30, to: 40, count: 0 },
      { from: 40, to: 50, count: 1 },
      { from: 50, to: 60, count: 1 },
    ]);
  });

  it('puts a value on an edge into the bin that starts there', () => {
    expect(counts(linearBins(Float64Array.of(0, 10, 20), 3))).toEqual([1, 1, 1]);
  });

  it('never makes bins for whole numbers narrower than 1', () => {
    expect(linearBins(Float64Array.of(74, 75, 77), 120)).toHaveLength(4);
  });

  it('divides fractions as finely as asked', () => {
    const bins = linearBins(Float64Array.of(0.1, 0.2, 0.30000000000000004), 10);
    expect(bins.length).toBeGreaterThan(4);
    expect(bins.length).toBeLessThanOrEqual(10);
  });

  it('makes one bin around equal values', () => {
    expect(linearBins(Float64Array.of(0, 0, 0), 120)).toEqual([{ from: 0, to: 1, count: 3 }]);
    const bins = linearBins(Float64Array.of(60_000, 60_000), 120);
    expect(counts(bins)).toEqual([2]);
    expect(bins[0].from).toBe(60_000);
  });

  it('holds huge ranges', () => {
    const bins = linearBins(Float64Array.of(0, 1e13), 120);
    expect(bins.length).toBeLessThanOrEqual(MAXIMUM_BINS);
    expect(counts(bins).at(-1)).toBe(1);
  });

  it('makes nothing of nothing, and leaves out what is negative or not finite', () => {
    expect(linearBins(new Float64Array(0), 120)).toEqual([]);
    expect(linearBins(Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY), 120)).toEqual([]);
    expect(counts(linearBins(Float64Array.of(Number.NaN, 4, -4), 120))).toEqual([1]);
  });
});

describe('logBins', () => {
  it('divides every decade alike, with exact powers of ten', () => {
    const bins = logBins(Float64Array.of(1, 9.99, 10, 1_000), 1);
    expect(bins).toEqual([
      { from: 1, to: 10, count: 2 },
      { from: 10, to: 100, count: 1 },
      { from: 100, to: 1_000, count: 0 },
      { from: 1_000, to: 10_000, count: 1 },
    ]);
  });

  it('starts at the least value, and counts zeros at 1', () => {
    expect(logBins(Float64Array.of(60_000, 61_000), 5)[0].from).toBeCloseTo(10 ** 4.6, 6);
    expect(logBins(Float64Array.of(0, 0.5, 20), 1)).toEqual([
      { from: 1, to: 10, count: 2 },
      { from: 10, to: 100, count: 1 },
    ]);
    expect(logBins(Float64Array.of(0), 5)).toHaveLength(1);
  });

  it('widens the bins rather than pass the most a chart takes', () => {
    expect(logBins(Float64Array.of(1, 1e300), 5).length).toBeLessThanOrEqual(MAXIMUM_BINS);
    expect(logBins(Float64Array.of(1, 1e8), 50).length).toBeLessThanOrEqual(MAXIMUM_BINS);
  });

  it('makes nothing of nothing', () => {
    expect(logBins(new Float64Array(0), 5)).toEqual([]);
    expect(logBins(Float64Array.of(Number.NaN), 5)).toEqual([]);
  });
});

describe('the histogram of a row', () => {
  it('has five bins a decade from 1 ms to 10^8 ms', () => {
    const edges = rowBinEdges();
    expect(edges).toHaveLength(ROW_BINS + 1);
    expect([0, 5, 10, 15, 20, 25, 30, 35, 40].map((index) => edges[index])).toEqual([
      1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
    ]);
  });

  it('puts every edge into the bin it starts, and what lies just below into the one before', () => {
    const edges = rowBinEdges();
    for (let bin = 0; bin < ROW_BINS; bin++) {
      expect(rowBinOf(edges[bin])).toBe(bin);
      expect(rowBinOf(edges[bin] * (1 - 2 ** -52))).toBe(Math.max(0, bin - 1));
    }
  });

  it('takes zero and sub-millisecond deltas first, longer ones than it covers last', () => {
    expect([0, 0.25, 1, 1e8, 1e12].map(rowBinOf)).toEqual([0, 0, 0, 39, 39]);
  });
});
