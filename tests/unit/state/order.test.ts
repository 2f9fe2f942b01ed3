import { describe, expect, it } from 'vitest';
import { SORT_BITS } from '../../../src/analysis/connections/sorts.ts';
import { countOfSort, sortedRows, unhiddenRows } from '../../../src/state/order.ts';
import type { Ranking } from '../../../src/state/rankings.ts';
import { RowTexts } from '../../../src/state/row-texts.ts';
import { COLUMNS, type Column } from '../../../src/state/view.ts';
import { reportOf } from './reports.ts';

const REPORT = reportOf([
  {
    source: '10.0.0.23',
    destination: '203.0.113.9',
    port: 443,
    name: 'b.example',
    flows: 12,
    score: 0.5,
    rita: 0.9,
    bins: { 3: 4, 5: 4 },
    rhythm: { score: 0, strength: -2, intervalS: 5 },
  },
  {
    source: '10.0.0.9',
    destination: '203.0.113.10',
    port: 53,
    protocol: 17,
    flows: 30,
    score: NaN,
    sorts: SORT_BITS.multicast | SORT_BITS.clock,
  },
  {
    source: '10.0.0.9',
    destination: '198.51.100.7',
    port: 443,
    name: 'A.example',
    flows: 12,
    score: 1.5,
    rita: 0.8,
    bins: { 3: 9 },
    rhythm: { score: 0, strength: -1, intervalS: 4 },
    sorts: SORT_BITS.clock,
  },
  {
    source: '10.0.0.30',
    destination: '198.51.100.8',
    port: 80,
    flows: 40,
    score: 0.1,
    rhythm: { score: 0.9, strength: 27, intervalS: 60 },
  },
]);
const TEXTS = new RowTexts(REPORT);

function order(column: Column, descending: boolean, ranking: Ranking = 'notebook'): number[] {
  return [...sortedRows(REPORT.connections, TEXTS, ranking, { column, descending })];
}

describe('order of rows', () => {
  it('puts rows without a score last in both directions', () => {
    expect(order('score', true)).toEqual([2, 0, 3, 1]);
    expect(order('score', false)).toEqual([3, 0, 2, 1]);
    expect(order('score', true, 'rita')).toEqual([0, 2, 1, 3]);
  });

  it("ranks by rhythm's strength, which orders what scores 0 too", () => {
    expect(order('score', true, 'rhythm')).toEqual([3, 2, 0, 1]);
  });

  it('ranks by the points of triage, and by strength among equal ones', () => {
    REPORT.connections.triage.total.set([3, 9, 3, -2]);
    expect(order('score', true, 'triage')).toEqual([1, 2, 0, 3]);
    expect(order('score', false, 'triage')).toEqual([3, 0, 2, 1]);
  });

  it('puts what was set aside last, whatever is sorted by and in which direction', () => {
    const { setAside } = REPORT.connections.triage;
    setAside.set([0, 0, 1, 1]);
    for (const column of COLUMNS) {
      for (const descending of [true, false])
        expect(
          order(column, descending, 'triage')
            .slice(2)
            .toSorted((a, b) => a - b),
        ).toEqual([2, 3]);
    }
    setAside.fill(0);
  });

  it('orders by interval only those that show one', () => {
    expect(order('rhythm', false)).toEqual([3, 0, 1, 2]);
  });

  it('orders addresses by their numbers and destinations by what is shown', () => {
    expect(order('source', false)).toEqual([1, 2, 0, 3]);
    expect(order('source', true)).toEqual([3, 0, 1, 2]);
    expect(order('destination', false)).toEqual([3, 1, 2, 0]);
  });

  it('keeps the order of the report among equals', () => {
    expect(order('flows', true)).toEqual([3, 1, 0, 2]);
    expect(order('port', false)).toEqual([1, 3, 0, 2]);
  });

  it('orders histograms by how peaked they are', () => {
    expect(order('deltas', true)).toEqual([2, 0, 1, 3]);
  });
});

describe('hidden sorts', () => {
  const shown = (hidden: number) => [...unhiddenRows(Uint32Array.of(2, 1, 0), REPORT.connections, hidden)];

  it('leave out connections of any of them, and keep the order', () => {
    expect(shown(SORT_BITS.multicast)).toEqual([2, 0]);
    expect(shown(SORT_BITS.clock)).toEqual([0]);
    expect(shown(SORT_BITS.internal)).toEqual([2, 1, 0]);
    expect(shown(SORT_BITS.clock | SORT_BITS.failed)).toEqual([0]);
  });

  it('counts what hiding a sort hides', () => {
    const counts = (['multicast', 'internal', 'clock', 'failed'] as const).map((sort) =>
      countOfSort(REPORT.connections, sort),
    );
    expect(counts).toEqual([1, 0, 2, 0]);
  });
});

describe('row texts', () => {
  it('prefers the name for a destination', () => {
    expect(TEXTS.destinationLabel(0)).toBe('b.example');
    expect(TEXTS.destinationLabel(1)).toBe('203.0.113.10');
    expect(TEXTS.hasNames).toBe(true);
    expect(TEXTS.longestAddress).toBeLessThanOrEqual(15);
  });
});
