import { describe, expect, it } from 'vitest';
import {
  exactDuration,
  formatBytes,
  formatCount,
  formatCounted,
  formatOffset,
  formatScore,
  formatValue,
} from '../../../../src/views/text/format.ts';

describe('numbers', () => {
  it('says exact durations in milliseconds', () => {
    expect(exactDuration(60_012.5)).toBe('60,012.5 ms');
    expect(exactDuration(NaN)).toBe('no value');
  });

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
