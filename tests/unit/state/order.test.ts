import { describe, expect, it } from 'vitest';
import { filteredRows, sortedRows } from '../../../src/state/order.ts';
import { RowTexts } from '../../../src/state/row-texts.ts';
import type { Column } from '../../../src/state/view.ts';
import { reportOf } from './reports.ts';

const REPORT = reportOf([
  { source: '10.0.0.23', destination: '203.0.113.9', port: 443, name: 'b.example', flows: 12, score: 0.5, medianMs: 60_000, bins: { 3: 4, 5: 4 } },
  { source: '10.0.0.9', destination: '203.0.113.10', port: 53, protocol: 17, flows: 30, score: NaN, medianMs: NaN },
  { source: '10.0.0.9', destination: '198.51.100.7', port: 443, name: 'A.example', flows: 12, score: 1.5, medianMs: 1000, bins: { 3: 9 } },
]);
const TEXTS = new RowTexts(REPORT);

function order(column: Column, descending: boolean): number[] {
  return [...sortedRows(REPORT.connections, TEXTS, { column, descending })];
}

describe('order of rows', () => {
  it('puts rows without a score last in both directions', () => {
    expect(order('score', true)).toEqual([2, 0, 1]);
    expect(order('score', false)).toEqual([0, 2, 1]);
    expect(order('median', true)).toEqual([0, 2, 1]);
  });

  it('orders addresses by their numbers and destinations by what is shown', () => {
    expect(order('source', false)).toEqual([1, 2, 0]);
    expect(order('source', true)).toEqual([0, 1, 2]);
    expect(order('destination', false)).toEqual([1, 2, 0]);
  });

  it('keeps the order of the report among equals', () => {
    expect(order('flows', true)).toEqual([1, 0, 2]);
    expect(order('port', false)).toEqual([1, 0, 2]);
  });

  it('orders histograms by how peaked they are', () => {
    expect(order('deltas', true)).toEqual([2, 0, 1]);
  });
});

describe('filter', () => {
  const filtered = (filter: string) => [...filteredRows(Uint32Array.of(2, 1, 0), TEXTS, filter)];

  it('keeps the order and takes all words, in any case', () => {
    expect(filtered('')).toEqual([2, 1, 0]);
    expect(filtered('EXAMPLE')).toEqual([2, 0]);
    expect(filtered('10.0.0.9 :443')).toEqual([2]);
    expect(filtered('udp')).toEqual([1]);
  });

  it('finds addresses under a name, name and port together, and nothing where there is nothing', () => {
    expect(filtered('203.0.113.9')).toEqual([0]);
    expect(filtered('b.example:443')).toEqual([0]);
    expect(filtered('absent')).toEqual([]);
  });
});

describe('row texts', () => {
  it('prefers the name for a destination', () => {
    expect(TEXTS.destinationLabel(0)).toBe('b.example');
    expect(TEXTS.destinationLabel(1)).toBe('203.0.113.10');
    expect(TEXTS.hasNames).toBe(true);
    expect(TEXTS.hasLongAddresses).toBe(false);
  });
});
