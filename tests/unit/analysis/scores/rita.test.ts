import { columnNames } from '../../../../src/analysis/memory/schema.ts';
import { describe, expect, it } from 'vitest';
import { createRitaColumns, RITA_SCHEMA, writeRita } from '../../../../src/analysis/scores/rita-columns.ts';
import type { Rita } from '../../../../src/analysis/scores/rita.ts';
import { ritaWindow, scoreRita } from '../../../../src/analysis/scores/rita.ts';

const DAY_MS = 86_400_000;

function score(startsMs: number[], captureMs = DAY_MS, firstMs = 0): ReturnType<typeof scoreRita> {
  const starts = Float64Array.from(startsMs);
  return scoreRita(
    starts,
    starts.map(() => 100),
    ritaWindow(firstMs, captureMs),
    new Float64Array(starts.length),
  );
}

describe('the RITA score', () => {
  it('is 1 for the same request every ten minutes of a day', () => {
    const rita = score(Array.from({ length: 144 }, (_, index) => index * 600_000)) as Rita;
    expect(rita).toMatchObject({ score: 1, used: 24, longestRun: 24 });
    expect(rita.threat).toBeCloseTo(0.8, 12);
    expect(rita.slices).toEqual(Array.from({ length: 24 }, () => 6));
    expect(rita.times).toMatchObject({ score: 1, skew: 0, deviation: 0 });
    expect(rita.duration).toEqual({ score: 1, coverage: 0.994, consistency: 1 });
  });

  it.each([
    ['no flows', []],
    ['three flows', [0, 1000, 2000]],
    ['three distinct seconds', [0, 100, 1000, 1900, 2000, 2999]],
  ])('does not apply to %s', (_, starts) => {
    expect(score(starts)).toEqual({ score: null, reason: 'fewer than 4 distinct times' });
  });

  it('does not apply where the capture has no span', () => {
    expect(score([0, 1000, 2000, 3000], 900)).toEqual({ score: null, reason: 'fewer than 4 distinct times' });
  });

  it('does not apply to a strobe', () => {
    const starts = Array.from({ length: 86_400 }, (_, index) => index * 900);
    expect(score(starts)).toEqual({ score: null, reason: '86,400 connections or more: a strobe, not a beacon' });
    expect(score(starts.slice(1)).score).not.toBeNull();
  });

  it('looks at the last 24 hours of a longer capture, from a full hour on', () => {
    const late = Array.from({ length: 144 }, (_, index) => DAY_MS * 2 + index * 600_000);
    const early = [0, 600_000, 7_000_000, 90_000_000];
    const whole = score([...early, ...late], DAY_MS * 3) as Rita;
    expect(whole).toEqual(score(late, DAY_MS * 3, DAY_MS * 2));
    expect(score(early, DAY_MS * 3)).toEqual({
      score: null,
      reason: 'fewer than 4 distinct times in the last 24 hours',
    });
    expect(ritaWindow(0, DAY_MS * 3 + 1_800_000)).toEqual({
      from: 2 * 86_400,
      first: 2 * 86_400 + 1800,
      last: 3 * 86_400 + 1800,
    });
  });

  it('fills a row of columns, and leaves it without a value where it does not apply', () => {
    const columns = createRitaColumns(2);
    writeRita(score(Array.from({ length: 144 }, (_, index) => index * 600_000)), columns, 1);
    writeRita(score([]), columns, 0);
    for (const column of columnNames(RITA_SCHEMA)) expect(columns[column][0]).toBeNaN();
    expect(columnNames(RITA_SCHEMA).map((column) => columns[column][1])).toEqual([1, 1, 1, 1, 1, 0.8]);
  });
});
