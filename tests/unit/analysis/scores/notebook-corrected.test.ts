import { describe, expect, it } from 'vitest';
import { scoreNotebookCorrected } from '../../../../src/analysis/scores/notebook-corrected.ts';
import type { NotebookColumn } from '../../../../src/analysis/scores/notebook.ts';
import { createNotebookColumns, NOTEBOOK_COLUMNS } from '../../../../src/analysis/scores/notebook.ts';
import type { Unscored } from '../../../../src/analysis/scores/unscored.ts';

function correct(
  startsMs: number[],
  sizes: number[],
): { reason: Unscored | null; row: Record<NotebookColumn, number> } {
  const starts = Float64Array.from(startsMs);
  const scratch = new Float64Array(starts.length);
  const columns = createNotebookColumns(1);
  const reason = scoreNotebookCorrected(starts, Float64Array.from(sizes), columns, 0, scratch);
  const row = Object.fromEntries(NOTEBOOK_COLUMNS.map((column) => [column, columns[column][0]]));
  return { reason, row: row as Record<NotebookColumn, number> };
}

describe("the notebook's score, corrected", () => {
  it('keeps fractions of a second and leaves zero deltas out', () => {
    const { reason, row } = correct([0, 0, 400, 800, 800, 1300], [100, 100, 100, 100, 100, 100]);
    expect(reason).toBeNull();
    expect([row.tsLow, row.tsMid, row.tsHigh]).toEqual([0.4, 0.4, 0.45]);
    expect(row.tsSkew).toBe(0);
    expect(row.tsConnDiv).toBe(1.3 / 90);
    expect(row.tsConnCountScore).toBe(1);
  });

  it('keeps days', () => {
    const day = 86_400_000;
    const { row } = correct([0, day, 2 * day, 3 * day], [100, 100, 100, 100]);
    expect(row.tsMid).toBe(86_400);
    expect(row.tsConnDiv).toBe(2880);
    expect(row.tsConnCountScore).toBe(4 / 2880);
  });

  it('scores steady sizes above erratic ones, never past 1', () => {
    const starts = [0, 60_000, 120_000, 180_000];
    const steady = correct(starts, [100, 100, 100, 100]).row;
    const erratic = correct(starts, [100, 900, 2000, 8000]).row;
    expect(steady.dsMadmScore).toBe(1);
    expect(erratic.dsMadmScore).toBe(0);
    expect(steady.Score).toBeCloseTo((1 + (2 + 1 - 100 / 8192) / 3) / 2, 12);
    expect(erratic.Score).toBeLessThan(steady.Score);
  });

  it('says why there is no value', () => {
    const one = correct([5], [100]);
    expect(one.reason).toEqual({ score: null, reason: 'fewer than two flows' });
    expect(one.row.Score).toBeNaN();
    const same = correct([5, 5, 5], [100, 100, 100]);
    expect(same.reason).toEqual({ score: null, reason: 'fewer than two distinct times' });
    expect(same.row.Score).toBeNaN();
  });
});
