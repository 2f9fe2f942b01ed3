import { describe, expect, it } from 'vitest';
import { formatDuration, formatRatio, formatSpan, formatStep, plainDuration } from '../../../src/analysis/durations.ts';

describe('plain duration', () => {
  it.each([
    [0, '0 ms'],
    [0.5, '0.5 ms'],
    [240, '240 ms'],
    [54_000, '54 s'],
    [60_012, '60 s'],
    [89_000, '89 s'],
    [90_000, '1.5 min'],
    [301_000, '5.02 min'],
    [6_480_000, '1.8 h'],
    [172_800_000, '2 d'],
    [1e11, '1157 d'],
    [Number.NaN, '-'],
  ])('says %d ms as %s', (ms, text) => {
    expect(plainDuration(ms)).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [240.4, '240 ms'],
    [999.6, '1.0 s'],
    [1500, '1.5 s'],
    [9960, '10 s'],
    [54_000, '54 s'],
    [60_000, '60 s'],
    [300_000, '5.0 min'],
    [1_800_000, '30 min'],
    [6_480_000, '1.8 h'],
    [43_200_000, '12 h'],
    [259_200_000, '3.0 d'],
    [NaN, '–'],
  ])('%d ms as people say it: %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [3200, '3.2 s'],
    [725_000, '12 min 05 s'],
    [14_520_000, '4 h 02 min'],
    [3_599_600, '1 h 00 min'],
    [273_600_000, '3 d 4 h'],
  ])('%d ms as the length of a capture: %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });

  it.each([
    [48_500, 500, '48.5 s'],
    [50_000, 500, '50.0 s'],
    [300_100, 100, '300.1 s'],
    [1_200_000, 600_000, '20 min'],
    [6_000_000, 600_000, '100 min'],
    [7_200_000, 1_800_000, '2.0 h'],
    [250, 50, '250 ms'],
    [60_000, 30_000, '60 s'],
    [1234, 2, '1234 ms'],
    [0, 1000, '0 ms'],
  ])('%d ms in steps of %d: %s', (ms, step, text) => {
    expect(formatStep(ms, step)).toBe(text);
  });

  it('says ratios with three digits', () => {
    expect([48_978, 794.3, 125_892, 1.2589].map(formatRatio)).toEqual(['49.0 s', '794 ms', '2.10 min', '1.26 ms']);
  });
});
