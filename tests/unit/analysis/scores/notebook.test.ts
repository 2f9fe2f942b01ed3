import { describe, expect, it } from 'vitest';
import type { NotebookColumn } from '../../../../src/analysis/scores/notebook.ts';
import {
  createNotebookColumns,
  NOTEBOOK_COLUMNS,
  notebookSeconds,
  scoreNotebook,
} from '../../../../src/analysis/scores/notebook.ts';
import { NOTEBOOK_MEANINGS } from '../../../../src/analysis/scores/notebook-meanings.ts';

function score(startsMs: number[], bytesSent: number[]): Record<NotebookColumn, number> {
  const columns = createNotebookColumns(3);
  scoreNotebook(
    Float64Array.from(startsMs),
    Float64Array.from(bytesSent),
    columns,
    1,
    new Float64Array(startsMs.length + 5),
  );
  for (const column of NOTEBOOK_COLUMNS) {
    expect([columns[column][0], columns[column][2]], `${column} of other rows`).toEqual([Number.NaN, Number.NaN]);
  }
  return Object.fromEntries(NOTEBOOK_COLUMNS.map((column) => [column, columns[column][1]])) as Record<
    NotebookColumn,
    number
  >;
}

const DAY = 86_400_000;

describe('notebookSeconds', () => {
  it('floors to whole seconds and drops days', () => {
    expect(notebookSeconds(0, 1_999)).toBe(1);
    expect(notebookSeconds(500, 1_499)).toBe(0);
    expect(notebookSeconds(0, 2 * DAY + 600_900)).toBe(600);
    expect(notebookSeconds(0, DAY)).toBe(0);
  });
});

describe('scoreNotebook', () => {
  it('gives a steady clock of equal sizes its full timing score', () => {
    const row = score(
      Array.from({ length: 12 }, (_, index) => index * 60_000),
      Array.from({ length: 12 }, () => 512),
    );
    expect(row).toMatchObject({
      tsLow: 60,
      tsMid: 60,
      tsHigh: 60,
      tsSkew: 0,
      tsMadm: 0,
      tsConnDiv: 660 / 90,
      tsConnCountScore: 1,
      tsScore: 1,
      dsMid: 512,
      dsMadm: 0,
      dsSkewScore: 1,
      dsMadmScore: 0,
      dsSmallnessScore: 0.9375,
    });
    expect(row.Score).toBe((1 + (1 + 0 + 0.9375) / 3) / 2);
  });

  it('counts no flows per 90 s when the span is exactly a day', () => {
    const row = score([0, DAY / 2, DAY], [1, 2, 3]);
    expect(row.tsConnDiv).toBe(0);
    expect(row.tsConnCountScore).toBe(0);
  });

  it('has no time skew when the median equals a quartile', () => {
    // Deltas 0, 0, 0, 10: low and median are both 0.
    expect(score([0, 0, 0, 0, 10_000], [1, 1, 1, 1, 1]).tsSkew).toBe(0);
    // Deltas 1, 10, 10, 10: high and median are both 10.
    expect(score([0, 1_000, 11_000, 21_000, 31_000], [1, 1, 1, 1, 1]).tsSkew).toBe(0);
  });

  it('takes the sizes in any order and does not change them', () => {
    const sizes = Float64Array.from([900, 10, 300]);
    const columns = createNotebookColumns(1);
    scoreNotebook(Float64Array.from([0, 1_000, 2_000]), sizes, columns, 0, new Float64Array(3));
    expect(columns.dsMid[0]).toBe(300);
    expect([...sizes]).toEqual([900, 10, 300]);
  });

  it('lets erratic sizes pass 1, as the notebook does', () => {
    expect(score([0, 1_000, 2_000], [0, 5_000, 10_000]).dsMadmScore).toBe(5_000 / 128);
  });

  it('bounds what the notebook bounds: slow sleeps and large flows give 0', () => {
    const row = score([0, 10_000, 3_600_000, 9_000_000], [20_000, 20_000, 20_000, 20_000]);
    expect(row.tsMadmScore).toBe(0);
    expect(row.dsSmallnessScore).toBe(0);
  });

  it('leaves one flow and none unscored', () => {
    expect(score([5], [5]).Score).toBeNaN();
    expect(score([], []).tsLow).toBeNaN();
  });
});

describe('NOTEBOOK_MEANINGS', () => {
  it('has one plain line for every column and the count', () => {
    expect(Object.keys(NOTEBOOK_MEANINGS)).toEqual(['ConnectionCount', ...NOTEBOOK_COLUMNS]);
    for (const meaning of Object.values(NOTEBOOK_MEANINGS)) expect(meaning).toMatch(/^[^\n]{20,200}\.$/);
  });
});
