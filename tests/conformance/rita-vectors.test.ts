import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scoreDuration } from '../../src/analysis/scores/rita-duration.ts';
import {
  countSlices,
  levelsOfSlices,
  scoreFlatness,
  scoreHistogram,
  scoreTwoLevels,
  sliceEdges,
} from '../../src/analysis/scores/rita-histogram.ts';
import type { Evenness } from '../../src/analysis/scores/rita-statistics.ts';
import { bowleySkew, countDistinct, deviationScore, scoreEvenness } from '../../src/analysis/scores/rita-statistics.ts';
import type { ThreatLimits } from '../../src/analysis/scores/rita.ts';
import { threatOf } from '../../src/analysis/scores/rita.ts';
import type { Rita } from '../../src/analysis/scores/rita.ts';
import { ritaWindow, scoreRita, weighParts } from '../../src/analysis/scores/rita.ts';
import { sharedFolder } from './shared.ts';

type Input = Record<string, number> & Record<string, number[]> & { freqCount: Record<string, number> };
type Outcome = Record<string, unknown>;

interface Case {
  id: string;
  input: Input;
  error: boolean;
  expected: Outcome | null;
}

interface EndToEnd {
  id: string;
  input: { dataset_min: number; dataset_max: number; ts_list: number[]; orig_ip_bytes: number[] };
  expected_upstream: Record<'score' | 'ts' | 'ds' | 'dur' | 'hist', number>;
  recomputed_here: Record<'score' | 'ts' | 'ds' | 'dur' | 'hist', number>;
  tolerance: number;
  intermediate: { hist24: number[]; totalBars: number; longestRun: number };
}

interface Vectors {
  tables: { table: string; tolerance: number; cases: Case[] }[];
  bucketed_threat_score: {
    tolerance: number;
    cases: { id: string; input: Record<'value' | 'base' | 'low' | 'medium' | 'high', number>; expected: number }[];
  };
  end_to_end: EndToEnd[];
}

const ascending = (values: number[]): Float64Array => Float64Array.from(values).sort();
const evenness = ({ score, skew, deviation }: Evenness): Outcome => ({ score, skew, mad: deviation });
const asCounts = (keys: number[], counts: number[]): Outcome =>
  Object.fromEntries(keys.map((key, index) => [key, counts[index]]));

/** What the code gives for one case of a table, under the table's own names. */
const TABLES: Record<string, (input: Input) => Outcome> = {
  beacon_score: (input) => ({
    score: weighParts(
      [input.tsScore, input.dsScore, input.histScore, input.durScore],
      [input.tsWeight, input.dsWeight, input.histWeight, input.durWeight],
    ),
  }),
  timestamp_score: ({ tsList }) => {
    const seconds = ascending(tsList);
    const deltas = seconds
      .subarray(1)
      .map((second, index) => second - seconds[index])
      .sort();
    const { distinct, counts, mode, modeCount } = countDistinct(deltas);
    return {
      ...evenness(
        scoreEvenness(
          deltas.filter((delta) => delta > 0),
          1,
        ),
      ),
      uniqueIntervals: distinct,
      uniqueIntervalCounts: counts,
      tsMode: mode,
      tsModeCount: modeCount,
    };
  },
  datasize_score: ({ bytesList }) => {
    const sizes = ascending(bytesList);
    const { distinct, counts, mode, modeCount } = countDistinct(sizes);
    return {
      ...evenness(scoreEvenness(sizes, 0)),
      uniqueSizes: distinct,
      uniqueSizeCounts: counts,
      dsMode: mode,
      dsModeCount: modeCount,
    };
  },
  statistical_score: ({ values, defaultMadScore }) => evenness(scoreEvenness(ascending(values), defaultMadScore)),
  duration_score: (input) => ({
    ...scoreDuration(
      { first: input.datasetMin, last: input.datasetMax },
      { first: input.histMin, last: input.histMax },
      input.totalBars,
      input.longestConsecutiveRun,
      input.minHoursThreshold,
      input.idealConsistencyHours,
    ),
  }),
  histogram_score: (input) => {
    const edges = sliceEdges(input.datasetMin, input.datasetMax, input.beaconTimeSpan);
    const histogram = countSlices(edges, Float64Array.from(input.tsList));
    const { levels, populations, used, longestRun } = levelsOfSlices(histogram, input.modalSensitivity);
    const { score } = scoreHistogram(
      histogram,
      input.modalSensitivity,
      input.bimodalOutlierRemoval,
      input.minHoursForBimodalAnalysis,
    );
    const freqCount = asCounts(levels, populations);
    return { binEdges: [...edges], histogram, freqCount, totalBars: used, longestRun, score };
  },
  bowley: ({ intervalsBetweenTimestamps }) => {
    const skewness = bowleySkew(ascending(intervalsBetweenTimestamps));
    return { skewness, skewnessScore: 1 - Math.abs(skewness) };
  },
  distinct_counts: ({ sortedInput }) => {
    const { distinct, counts, mode, modeCount } = countDistinct(ascending(sortedInput));
    return { distinct, counts, mode, maxCount: modeCount };
  },
  mad: ({ inputData, defaultScore }) => {
    const { deviation, score } = deviationScore(ascending(inputData), defaultScore);
    return { mad: deviation, score };
  },
  bins: ({ startTime, endTime, numBins }) => ({ binEdges: [...sliceEdges(startTime, endTime, numBins)] }),
  cv_score: ({ freqList }) => ({ score: scoreFlatness(freqList) }),
  bimodal_fit: (input) => ({
    score: scoreTwoLevels(
      Object.values(input.freqCount),
      input.totalBars,
      input.modalOutlierRemoval,
      input.minHoursForBimodalAnalysis,
    ),
  }),
  histogram: ({ binEdges, tsList, modalSensitivity }) => {
    const histogram = countSlices(Float64Array.from(binEdges), Float64Array.from(tsList));
    const { levels, populations, used, longestRun } = levelsOfSlices(histogram, modalSensitivity);
    return { histogram, freqCount: asCounts(levels, populations), totalBars: used, longestRun };
  },
  frequency_counts: ({ histogram, bimodalSensitivity }) => {
    const { levels, populations, used, longestRun } = levelsOfSlices(histogram, bimodalSensitivity);
    return { counts: asCounts(levels, populations), totalBars: used, longestRun };
  },
};

function expectNear(found: unknown, expected: unknown, tolerance: number, where: string): void {
  if (typeof expected === 'number') {
    expect(Math.abs((found as number) - expected), `${where}: ${String(found)}`).toBeLessThanOrEqual(tolerance);
    return;
  }
  expect(Object.keys(found as Outcome).toSorted(), where).toEqual(Object.keys(expected as Outcome).toSorted());
  for (const [key, value] of Object.entries(expected as Outcome)) {
    expectNear((found as Outcome)[key], value, tolerance, `${where}.${key}`);
  }
}

const folder = sharedFolder('vectors');
const EMPTY: Vectors = { tables: [], bucketed_threat_score: { tolerance: 0, cases: [] }, end_to_end: [] };
const vectors: Vectors =
  folder === null ? EMPTY : (JSON.parse(readFileSync(path.join(folder, 'rita_vectors.json'), 'utf8')) as Vectors);

describe.skipIf(folder === null)("RITA's own numbers (../shared/vectors)", () => {
  it('are there', () => {
    expect(vectors.tables.map(({ table }) => table).toSorted()).toEqual(Object.keys(TABLES).toSorted());
    expect(vectors.tables.reduce((sum, { cases }) => sum + cases.length, 0)).toBe(138);
  });

  for (const { table, tolerance, cases } of vectors.tables) {
    it.each(cases)(`${table}: $id`, ({ input, error, expected }) => {
      if (error) expect(() => TABLES[table](input)).toThrow(RangeError);
      else expectNear(TABLES[table](input), expected, tolerance, table);
    });
  }

  it.each(vectors.bucketed_threat_score.cases)('threat: $id', ({ input, expected }) => {
    const limits: ThreatLimits = [input.base, input.low, input.medium, input.high];
    expectNear(threatOf(input.value, limits), expected, vectors.bucketed_threat_score.tolerance, 'threat');
  });

  it.each(vectors.end_to_end)('end to end: $id', (row) => {
    const starts = Float64Array.from(row.input.ts_list, (second) => second * 1000);
    const window = ritaWindow(row.input.dataset_min * 1000, row.input.dataset_max * 1000);
    const rita = scoreRita(
      starts,
      Float64Array.from(row.input.orig_ip_bytes),
      window,
      new Float64Array(starts.length),
    ) as Rita;
    const found = {
      score: rita.score,
      ts: rita.times.score,
      ds: rita.sizes.score,
      dur: rita.duration.score,
      hist: rita.histogram.score,
    };
    for (const part of ['score', 'ts', 'ds', 'dur', 'hist'] as const) {
      expectNear(found[part], row.expected_upstream[part], row.tolerance, part);
      expectNear(found[part], row.recomputed_here[part], 1e-9, part);
    }
    expect({ hist24: rita.slices, totalBars: rita.used, longestRun: rita.longestRun }).toEqual(row.intermediate);
  });
});
