import { describe, expect, it } from 'vitest';
import { formatRatio, formatStep } from '../../../../src/views/text/durations.ts';
import {
  exactDuration,
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatOffset,
  formatScore,
  formatSpan,
  formatValue,
} from '../../../../src/views/text/format.ts';

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

  it('says ratios with three digits and exact durations in milliseconds', () => {
    expect([48_978, 794.3, 125_892, 1.2589].map(formatRatio)).toEqual(['49.0 s', '794 ms', '2.10 min', '1.26 ms']);
    expect(exactDuration(60_012.5)).toBe('60,012.5 ms');
    expect(exactDuration(NaN)).toBe('no value');
  });
});

describe('numbers', () => {
  it('groups digits and counts in words', () => {
    expect(formatCount(412_881)).toBe('412,881');
    expect(formatCounted(1, 'flow')).toBe('1 flow');
    expect(formatCounted(2000, 'packet was', 'packets were')).toBe('2,000 packets were');
  });

  it('cuts values to six decimals and writes a true minus', () => {
    expect(formatValue(0.4555555)).toBe('0.455556');
    expect(formatValue(-2.5)).toBe('−2.5');
    expect(formatScore(0.956506)).toBe('0.96');
    expect(formatScore(NaN)).toBe('–');
  });

  it('says bytes in decimal units and offsets in both notations', () => {
    expect([0, 950, 1200, 9_960, 999_600, 184_000_000, 2e15].map(formatBytes)).toEqual([
      '0 B',
      '950 B',
      '1.2 kB',
      '10 kB',
      '1.0 MB',
      '184 MB',
      '2,000 TB',
    ]);
    expect(formatOffset(1024)).toBe('1,024 (0x400)');
  });
});
