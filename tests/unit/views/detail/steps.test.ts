import { describe, expect, it } from 'vitest';
import { NOTEBOOK_COLUMNS } from '../../../../src/analysis/scores/notebook.ts';
import { ritaWindow, scoreRita } from '../../../../src/analysis/scores/rita.ts';
import { formulaOf, notebookSteps } from '../../../../src/views/detail/scores/notebook-steps.ts';
import type { FrameColumn, NotebookVariant } from '../../../../src/views/detail/scores/notebook-steps.ts';
import { rhythmSteps } from '../../../../src/views/detail/scores/rhythm-steps.ts';
import { ritaParts, ritaSum } from '../../../../src/views/detail/scores/rita-steps.ts';
import { every, HOUR, rhythmAt, START } from './rhythms.ts';

describe("the notebook's arithmetic", () => {
  const values: Partial<Record<FrameColumn, number>> = {
    tsLow: 51,
    tsMid: 54,
    tsHigh: 57,
    tsBowleyNum: 0,
    tsBowleyDen: 6,
    tsConnDiv: 155.1,
    ConnectionCount: 259,
    dsSkew: -0.25,
    dsBowleyNum: -2.5,
    dsBowleyDen: 33.5,
    dsLow: 933,
    dsMid: 951,
    dsHigh: 966.5,
    tsScore: 0.9,
    dsScore: 0.5,
    dsMadm: 17,
  };
  const formula = (
    column: FrameColumn,
    changed: Partial<Record<FrameColumn, number>> = {},
    variant: NotebookVariant = 'notebook',
  ) => formulaOf(variant, column, (name) => ({ ...values, ...changed })[name] ?? 0);

  it.each(['notebook', 'corrected'] as const)('shows every column of the frame once (%s)', (variant) => {
    const steps = notebookSteps(variant, (column) => values[column] ?? 0).flatMap((group) => group.steps);
    expect(new Set(steps.map(({ name }) => name))).toEqual(new Set([...NOTEBOOK_COLUMNS, 'ConnectionCount']));
    expect(steps).toHaveLength(NOTEBOOK_COLUMNS.length + 1);
    expect(steps.filter(({ part }) => part).map(({ name }) => name)).toEqual(['tsScore', 'dsScore', 'Score']);
  });

  it('puts the numbers into the formulas', () => {
    expect(formula('tsBowleyNum')).toBe('51 + 57 − 2 × 54');
    expect(formula('dsSkew')).toBe('(−2.5) / 33.5');
    expect(formula('dsSkewScore')).toBe('1 − |−0.25|');
    expect(formula('tsConnCountScore')).toBe('min(1, 259 / 155.1)');
    expect(formula('Score')).toBe('(0.9 + 0.5) / 2');
    expect(formula('tsLow')).toBeNull();
  });

  it('turns the score of the sizes round in the corrected variant, and says so', () => {
    expect(formula('dsMadmScore')).toBe('17 / 128');
    expect(formula('dsMadmScore', {}, 'corrected')).toBe('max(0, 1 − 17 / 128)');
    const meaning = (variant: NotebookVariant) =>
      notebookSteps(variant, () => 0)[1].steps.find(({ name }) => name === 'dsMadmScore')?.meaning;
    expect(meaning('notebook')).toContain('upside down');
    expect(meaning('corrected')).toContain('at least 0');
  });

  it('says why a special case is 0', () => {
    expect(formula('tsSkew', { tsBowleyDen: 0 })).toBe('0, because tsBowleyDen is 0');
    expect(formula('tsSkew', { tsMid: 51 })).toBe('0, because tsMid equals tsLow');
    expect(formula('dsSkew', { dsMid: 966.5 })).toBe('0, because dsMid equals dsHigh');
    expect(formula('tsConnCountScore', { tsConnDiv: 0 })).toBe('0, because tsConnDiv is 0');
  });
});

describe("rhythm's arithmetic", () => {
  const stepOf = (rhythm: ReturnType<typeof rhythmAt>, name: string) =>
    rhythmSteps(rhythm)
      .flatMap(({ steps }) => steps)
      .find((step) => step.name === name);

  it('adds up: gaps by periods, and the strength and score by their formulas', () => {
    const rhythm = rhythmAt(every(60, 40, [10, 25, 26]));
    const value = (name: string) => stepOf(rhythm, name)?.value ?? NaN;
    expect([value('n₁'), value('n₂'), value('n₃'), value('n₀')]).toEqual([34, 1, 1, 0]);
    expect(value('m')).toBe(36);
    expect(value('S')).toBeCloseTo(value('E') * value('tc') * value('h₁'), 9);
    expect(value('score')).toBeCloseTo(value('S') / (value('S') + 3), 12);
    expect(stepOf(rhythm, 'h₁')?.formula).toBe('34 / 36');
  });

  it('says what the score is without evidence', () => {
    const rhythm = rhythmAt([0, 31, 50, 140, 400, 470, 1310]);
    expect(rhythm.evidence).toBeLessThan(0);
    expect(stepOf(rhythm, 'S')).toMatchObject({ formula: 'E, because E is not above 0', value: rhythm.evidence });
    expect(stepOf(rhythm, 'score')).toMatchObject({ formula: '0, because S is not above 0', value: 0 });
  });
});

describe("RITA's arithmetic", () => {
  const starts = Float64Array.from(every(60, 200), (second) => START + second * 1000);
  const rita = scoreRita(
    starts,
    new Float64Array(200).fill(500),
    ritaWindow(START, START + 4 * HOUR),
    new Float64Array(200),
  );

  it('shows the four parts in the order they are summed', () => {
    if (rita.score === null) throw new Error(rita.reason);
    const parts = ritaParts(rita);
    expect(parts.map(({ name }) => name)).toEqual(['Times', 'Sizes', 'Histogram', 'Duration']);
    expect(parts.reduce((sum, { score }) => sum + score / 4, 0)).toBeCloseTo(rita.score, 2);
    expect(ritaSum(rita)).toBe(`0.25 × 1 + 0.25 × 1 + 0.25 × ${rita.histogram.score} + 0.25 × 1`);
    expect(parts[2].formula).toBe(
      `the larger of flatness ${rita.histogram.flatness} and two levels ${rita.histogram.twoLevels}`,
    );
  });

  it('says when too few slices are in use for a duration', () => {
    const short = scoreRita(
      starts.subarray(0, 20),
      new Float64Array(20).fill(500),
      ritaWindow(START, START + 4 * HOUR),
      new Float64Array(20),
    );
    if (short.score === null) throw new Error(short.reason);
    expect(ritaParts(short)[3]).toMatchObject({ score: 0, formula: '0, because only 2 slices are in use' });
  });
});
