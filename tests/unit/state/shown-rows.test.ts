import { describe, expect, it } from 'vitest';
import { SORT_BITS } from '../../../src/analysis/connections/sorts.ts';
import { openRow, sameGroups, ShownRows } from '../../../src/state/shown-rows.ts';
import type { Sort } from '../../../src/state/view.ts';
import { reportOf } from './reports.ts';

const REPORT = reportOf([
  { source: '10.0.0.1', destination: '203.0.113.9', name: 'a.example', flows: 12 },
  { source: '10.0.0.2', destination: '203.0.113.9', name: 'a.example', flows: 40, sorts: SORT_BITS.clock },
  { source: '10.0.0.3', destination: '203.0.113.9', name: 'a.example', flows: 30 },
  { source: '10.0.0.4', destination: '203.0.113.9', name: 'b.example', flows: 50 },
]);
const MOST_FLOWS: Sort = { column: 'flows', descending: true };

describe('ShownRows', () => {
  it('are those that the filter and what is hidden leave, in order', () => {
    const shown = new ShownRows(REPORT);
    const view = { ranking: 'triage', sort: MOST_FLOWS, hidden: 0, filter: 'a.example', timeZone: 'utc' } as const;
    expect([...shown.of(view)]).toEqual([1, 2, 0]);
    expect([...shown.of({ ...view, hidden: SORT_BITS.clock })]).toEqual([2, 0]);
    expect([...shown.of({ ...view, filter: '' })]).toEqual([3, 1, 2, 0]);
  });

  it('follow another order', () => {
    const shown = new ShownRows(REPORT);
    const view = { ranking: 'triage', sort: MOST_FLOWS, hidden: 0, filter: '', timeZone: 'utc' } as const;
    shown.of(view);
    expect([...shown.of({ ...view, sort: { column: 'flows', descending: false } })]).toEqual([0, 2, 1, 3]);
    REPORT.connections.rita.score.set([0.1, 0.4, 0.3, 0.2]);
    const byScore: Sort = { column: 'score', descending: true };
    shown.of({ ...view, sort: byScore });
    expect([...shown.of({ ...view, sort: byScore, ranking: 'rita' })]).toEqual([1, 2, 3, 0]);
  });
});

describe('a filter of the view', () => {
  const shown = new ShownRows(REPORT);
  const met = (filter: string) => [
    ...shown.of({ ranking: 'triage', sort: MOST_FLOWS, hidden: 0, filter, timeZone: 'utc' }),
  ];

  it('takes words, fields and an order', () => {
    expect(met('10.0.0.1 a.example')).toEqual([0]);
    expect(met('b.example or flows > 35')).toEqual([3, 1]);
    expect(met('name == a.example sort:flows-asc')).toEqual([0, 2, 1]);
  });

  it('lets everything through where it cannot be read', () => {
    expect(met('flows >')).toEqual([3, 1, 2, 0]);
  });
});

describe('openRow', () => {
  it('is the row of the selected group, while it is listed', () => {
    expect(openRow(REPORT, { selected: 2, grouping: 'src,dst,port' })).toBe(2);
    expect(openRow(REPORT, { selected: null, grouping: 'src,dst,port' })).toBe(-1);
    expect(openRow(REPORT, { selected: 9, grouping: 'src,dst,port' })).toBe(-1);
    expect(openRow(REPORT, { selected: 2, grouping: 'src,name' })).toBe(-1);
  });
});

describe('sameGroups', () => {
  it('finds connections again where groups have other numbers', () => {
    const rows = [
      { source: '10.0.0.4', destination: '203.0.113.9', name: 'b.example', flows: 2 },
      { source: '10.0.0.1', destination: '203.0.113.9', name: 'a.example', flows: 5 },
    ];
    const [before, after] = [new ShownRows(REPORT), new ShownRows(reportOf(rows))];
    expect(sameGroups(before, [3, 0, 1, 9], after)).toEqual(
      new Map([
        [0, 1],
        [3, 0],
      ]),
    );
    expect(sameGroups(before, [], after).size).toBe(0);
  });

  it('takes no address of a name for another one', () => {
    const [one, other] = ['203.0.113.9', '203.0.113.10'].map((destination) => ({
      source: '10.0.0.1',
      destination,
      name: 'a.example',
      flows: 3,
    }));
    const [before, after] = [
      [one, other],
      [other, one],
    ].map((rows) => new ShownRows(reportOf(rows)));
    expect(sameGroups(before, [0], after)).toEqual(new Map([[0, 1]]));
  });
});
