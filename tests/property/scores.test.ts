import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFlows } from '../../src/analysis/flows/group.ts';
import { linearBins, logBins, MAXIMUM_BINS, rowBinEdges, rowBinOf } from '../../src/analysis/connections/histogram.ts';
import { valuesOf } from '../../src/analysis/report/rank.ts';
import { ROW_BINS } from '../../src/analysis/connections/schema.ts';
import { SCORES } from '../../src/analysis/scores/unscored.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { NOTEBOOK_COLUMNS } from '../../src/analysis/scores/notebook.ts';
import { GROUPINGS, type Grouping } from '../../src/analysis/settings.ts';
import { median, medianAbsoluteDeviation, percentile } from '../../src/analysis/scores/statistics.ts';
import type { FlowRow } from '../unit/analysis/connections/flow-columns.ts';
import { flowColumns, tablesOf } from '../unit/analysis/connections/flow-columns.ts';

const integers = fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 60 });
const ascending = (values: number[]): Float64Array => Float64Array.from(values).sort();

function naivePercentile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const lower = sorted[Math.floor(position)];
  const upper = sorted[Math.ceil(position)];
  return lower + (upper - lower) * (position % 1);
}

describe('order statistics', () => {
  it('equal their definitions on whole numbers, exactly', () => {
    fc.assert(
      fc.property(integers, (values) => {
        const sorted = ascending(values);
        for (const q of [0, 0.25, 0.5, 0.75, 1]) expect(percentile(sorted, q)).toBe(naivePercentile(values, q));
        const middle = naivePercentile(values, 0.5);
        expect(median(sorted)).toBe(middle);
        expect(medianAbsoluteDeviation(sorted)).toBe(
          naivePercentile(
            values.map((value) => Math.abs(value - middle)),
            0.5,
          ),
        );
      }),
    );
  });

  it('lie between the least and the largest value', () => {
    fc.assert(
      fc.property(integers, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const sorted = ascending(values);
        expect(percentile(sorted, q)).toBeGreaterThanOrEqual(sorted[0]);
        expect(percentile(sorted, q)).toBeLessThanOrEqual(sorted[sorted.length - 1]);
      }),
    );
  });
});

const flowRows = fc.array(
  fc.record({
    source: fc.constantFrom('10.0.0.1', '9.0.0.1', '10.0.0.10', 'fe80::1', '::', '2001:db8::a'),
    destination: fc.constantFrom('10.0.0.1', '8.8.8.8', '10.0.0.2', 'ff02::fb'),
    port: fc.oneof(fc.constantFrom(0, 53, 443, 65_535), fc.integer({ min: 0, max: 65_535 })),
    protocol: fc.integer({ min: 0, max: 255 }),
    firstMs: fc.integer({ min: 0, max: 2 ** 43 }),
    bytesSent: fc.integer({ min: 0, max: 2 ** 50 }),
    name: fc.constantFrom('', 'a.example', 'b.example', '8.8.8.8'),
    failed: fc.boolean(),
  }),
  { maxLength: 80 },
);

/** Text and number that a grouping goes by, after the source. */
const KEYS: Record<Grouping, (row: FlowRow) => [string, number]> = {
  'src,dst,port': ({ destination = '', port = 0 }) => [destination, port],
  'src,dst': ({ destination = '' }) => [destination, 0],
  'src,name': ({ destination = '', name = '' }) => [name || destination, 0],
};

function naiveGroups(rows: FlowRow[], grouping: Grouping): number[][] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, flow) => {
    const key = JSON.stringify([row.source, ...KEYS[grouping](row)]);
    groups.set(key, [...(groups.get(key) ?? []), flow]);
  });
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...groups.entries()]
    .map(([key, flows]) => ({ key: JSON.parse(key) as [string, string, number], flows }))
    .toSorted((a, b) => compare(a.key[0], b.key[0]) || compare(a.key[1], b.key[1]) || a.key[2] - b.key[2])
    .map((group) => group.flows);
}

describe('connections', () => {
  it('are the groups that a map of texts gives, in the order of its sorted keys', () => {
    fc.assert(
      fc.property(flowRows, fc.constantFrom(...GROUPINGS), (rows, grouping) => {
        const { length, order, offsets } = groupFlows(flowColumns(rows), grouping);
        const found = Array.from({ length }, (_, group) => [...order.subarray(offsets[group], offsets[group + 1])]);
        expect(found).toEqual(naiveGroups(rows, grouping));
      }),
    );
  });

  it('are scored alike whatever order the flows come in', () => {
    const shuffled = flowRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, ([rows, other]) => {
        const [first, second] = [rows, other].map((some) => tablesOf(some).connections);
        for (const part of ['notebook', 'corrected', 'rita', 'rhythm', 'unscored', 'sorts', 'failedFlows'] as const) {
          expect(second[part], part).toEqual(first[part]);
        }
        expect(second.deltaHistogram).toEqual(first.deltaHistogram);
        expect(second.medianDeltaMs).toEqual(first.medianDeltaMs);
        expect(second.bytesSent).toEqual(first.bytesSent);
      }),
    );
  });

  it('have finite numbers in every column once they have two flows', () => {
    fc.assert(
      fc.property(flowRows, (rows) => {
        const { connections, addresses, names } = tablesOf(rows, { minFlows: 1, notebookMinFlows: 1 });
        const isScored = (_: number, row: number): boolean => connections.flows[row] > 1;
        for (const column of NOTEBOOK_COLUMNS) {
          expect(connections.notebook[column].filter(isScored).every(Number.isFinite)).toBe(true);
        }
        for (const score of SCORES) {
          const values = valuesOf(connections, score);
          expect([...connections.unscored[score]].map((reason) => reason === 0)).toEqual(
            [...values].map(Number.isFinite),
          );
        }
        for (let row = 0; row < connections.length; row++) {
          const deltas = connections.deltaHistogram.subarray(row * ROW_BINS, (row + 1) * ROW_BINS);
          expect(deltas.reduce((sum, count) => sum + count)).toBe(connections.flows[row] - 1);
          if (isScored(0, row)) expect(connections.notebook.tsScore[row]).toBeLessThanOrEqual(1);
          expect(textsOf(addresses)[connections.source[row]]).toBeDefined();
          expect(textsOf(names)[connections.name[row]]).toBeDefined();
        }
      }),
    );
  });
});

const anyValues = fc
  .array(fc.oneof(fc.double({ min: -1e300, max: 1e300 }), fc.integer({ min: 0, max: 2 ** 40 }), fc.constant(0)), {
    maxLength: 40,
  })
  .map((values) => Float64Array.from(values));

describe('histograms', () => {
  it('count every duration or size once, in a bin that holds it', () => {
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 1, max: MAXIMUM_BINS }), (values, most) => {
        const finite = values.filter((value) => value >= 0);
        const linear = linearBins(values, most);
        const log = logBins(values, 5);
        expect(linear.length).toBeLessThanOrEqual(most);
        expect(log.length).toBeLessThanOrEqual(MAXIMUM_BINS);
        for (const [bins, placed] of [
          [linear, finite],
          [log, finite.map((value) => Math.max(1, value))],
        ] as const) {
          bins.forEach((bin, index) => {
            expect(bin.to).toBeGreaterThan(bin.from);
            expect(bin.from).toBe(index > 0 ? bins[index - 1].to : bin.from);
            expect(bin.count).toBe(placed.filter((value) => value >= bin.from && value < bin.to).length);
          });
          expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(placed.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('put any delta into the row bin that holds it', () => {
    const edges = rowBinEdges();
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), (delta) => {
        const bin = rowBinOf(delta);
        expect(bin === 0 || delta >= edges[bin]).toBe(true);
        expect(bin === ROW_BINS - 1 || delta < edges[bin + 1]).toBe(true);
      }),
    );
  });
});
