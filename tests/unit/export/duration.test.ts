import { describe, expect, it } from 'vitest';
import { duration } from '../../../src/export/duration.ts';

describe('duration', () => {
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
    expect(duration(ms)).toBe(text);
  });
});
