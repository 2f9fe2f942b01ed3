import { describe, expect, it } from 'vitest';
import { foldedRows, headGroups, twinCounts } from '../../../src/state/fold.ts';
import { reportOf } from './reports.ts';

const { connections: TABLE } = reportOf(
  Array.from({ length: 5 }, (_, at) => ({ source: '10.0.0.9', destination: `203.0.113.${at}` })),
);
// 0 and 4 are twins of 2; the other two stand for themselves.
TABLE.triage.head.set([2, 1, 2, 3, 2]);
// Groups are not rows.
TABLE.group.set([10, 11, 12, 13, 14]);

function folded(rows: number[], open: number[] = []): number[] {
  const all = Uint32Array.from(rows);
  return [...foldedRows(all, TABLE, twinCounts(all, TABLE), open)];
}

describe('fold', () => {
  it('shows the head alone, and twins right after it once it is open, in their order', () => {
    expect(folded([4, 3, 2, 1, 0])).toEqual([3, 2, 1]);
    expect(folded([4, 3, 2, 1, 0], [12])).toEqual([3, 2, 4, 0, 1]);
    expect(folded([4, 3, 2, 1, 0], [13, 99])).toEqual([3, 2, 1]);
  });

  it('lets twins stand for themselves where their head is filtered away', () => {
    expect(folded([4, 1, 0])).toEqual([4, 1, 0]);
    expect(folded([])).toEqual([]);
  });

  it('counts what is folded under each row', () => {
    const counts = twinCounts(Uint32Array.of(2, 4, 1), TABLE);
    expect([...counts]).toEqual([0, 0, 1, 0, 0]);
    expect(headGroups(TABLE, counts)).toEqual([12]);
  });
});
