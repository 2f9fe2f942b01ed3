import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scoreNotebookCorrected } from '../../src/analysis/scores/notebook-corrected.ts';
import { createNotebookColumns, scoreNotebook } from '../../src/analysis/scores/notebook.ts';
import { rhythmEvents } from '../../src/analysis/scores/rhythm-events.ts';
import { rhythmSentence } from '../../src/analysis/scores/rhythm-sentence.ts';
import type { Rhythm } from '../../src/analysis/scores/rhythm.ts';
import { scoreRhythm } from '../../src/analysis/scores/rhythm.ts';
import { scoreRita } from '../../src/analysis/scores/rita.ts';
import { sharedFolder } from './shared.ts';

/** Names in the vectors, names in the code. */
const FIELDS = {
  score: 'score',
  S: 'strength',
  E: 'evidence',
  tau: 'scaleS',
  h1: 'singleShare',
  tc: 'explainedShare',
  interval: 'intervalS',
  mean: 'meanS',
  lo: 'lowS',
  hi: 'highS',
  jitter: 'jitter',
  ci: 'intervalErrorS',
} as const;
const COUNTS = {
  m: 'gaps',
  present: 'present',
  expected: 'expected',
  silent: 'silences',
  extra: 'extra',
  null: 'nullModel',
} as const;

interface Vector {
  name: string;
  /** Seconds from the capture's start, and bytes sent. */
  t: number[];
  size: number[];
  capture_seconds: number;
  expected: {
    notebook: number;
    /** With days and fractions kept and `dsMadmScore` turned round: corrected, but for zero deltas. */
    notebook_fixed: number;
    /** 0 where RITA does not score. */
    rita5: Record<'score' | 'ts' | 'ds' | 'hist' | 'dur', number>;
    rhythm: Record<keyof typeof FIELDS | keyof typeof COUNTS, number> | null;
    sentence: string;
  };
}

/** Its times carry the noise of binary fractions, which alone decides a quartile skew of equal deltas. */
const NOISY = 'edge_subsecond_clock';

const folder = sharedFolder('vectors');

function readVectors(): Vector[] {
  if (folder === null) return [];
  const text = readFileSync(path.join(folder, 'rhythm_vectors.json'), 'utf8');
  return (JSON.parse(text) as { vectors: Vector[] }).vectors;
}

const startsOf = (vector: Vector): Float64Array => Float64Array.from(vector.t, (second) => second * 1000);

describe.skipIf(folder === null)('rhythm on the reference series (../shared/vectors)', () => {
  const vectors = readVectors();

  it('are there', () => {
    expect(vectors).toHaveLength(60);
  });

  it.each(vectors)('$name', (vector) => {
    const rhythm = scoreRhythm(startsOf(vector));
    const expected = vector.expected.rhythm;
    if (expected === null) {
      expect(rhythm).toEqual({ score: null, reason: 'fewer than 5 separate visits' });
      return;
    }
    expect(rhythm.score).not.toBeNull();
    for (const [name, field] of Object.entries(FIELDS)) {
      const difference = Math.abs((rhythm as Rhythm)[field] - expected[name as keyof typeof FIELDS]);
      expect(difference, `${name}: ${(rhythm as Rhythm)[field]}`).toBeLessThanOrEqual(1e-6);
    }
    for (const [name, field] of Object.entries(COUNTS)) {
      expect((rhythm as Rhythm)[field], name).toBe(expected[name as keyof typeof COUNTS]);
    }
  });

  it.each(vectors)('$name: RITA', (vector) => {
    const starts = startsOf(vector);
    const window = { from: 0, first: 0, last: vector.capture_seconds };
    const rita = scoreRita(starts, Float64Array.from(vector.size), window, new Float64Array(starts.length));
    const expected = vector.expected.rita5;
    if (rita.score === null) {
      expect(expected.score).toBe(0);
      return;
    }
    const { score, times, sizes, histogram, duration } = rita;
    expect(score).toBeCloseTo(expected.score, 9);
    expect([times.score, sizes.score, histogram.score, duration.score]).toEqual([
      expected.ts,
      expected.ds,
      expected.hist,
      expected.dur,
    ]);
  });

  it.each(vectors.filter(({ name, t }) => t.length > 10 && name !== NOISY))('$name: notebook', (vector) => {
    const starts = startsOf(vector);
    const scratch = new Float64Array(starts.length);
    const notebook = createNotebookColumns(1);
    const corrected = createNotebookColumns(1);
    scoreNotebook(starts, Float64Array.from(vector.size), notebook, 0, scratch);
    expect(Math.abs(notebook.Score[0] - vector.expected.notebook)).toBeLessThanOrEqual(1e-6);
    const refused = scoreNotebookCorrected(starts, Float64Array.from(vector.size), corrected, 0, scratch);
    if (starts.every((start) => start === starts[0])) {
      expect(refused?.reason).toBe('fewer than two distinct times');
    } else {
      expect(refused).toBeNull();
      expect(Math.abs(corrected.Score[0] - vector.expected.notebook_fixed)).toBeLessThanOrEqual(1e-6);
    }
  });

  it.each(vectors)('$name: in words', (vector) => {
    const rhythm = scoreRhythm(startsOf(vector));
    const numbers = (sentence: string): string[] => sentence.match(/[\d.]+/g) ?? [];
    expect(numbers(rhythmSentence(rhythm))).toEqual(numbers(vector.expected.sentence));
  });

  it.each(vectors.filter(({ expected }) => expected.rhythm !== null))('$name: event by event', (vector) => {
    const starts = startsOf(vector);
    const rhythm = scoreRhythm(starts) as Rhythm;
    const { checkInsMs, missedMs, extraMs, silencesMs } = rhythmEvents(starts, rhythm);
    expect(checkInsMs).toHaveLength(rhythm.present + rhythm.silences);
    expect(missedMs).toHaveLength(rhythm.expected - rhythm.present);
    expect(extraMs).toHaveLength(rhythm.extra);
    expect(silencesMs).toHaveLength(2 * rhythm.silences);
    expect(Float64Array.from([...checkInsMs, ...extraMs]).sort()).toEqual(starts);
  });
});
