import { describe, expect, it } from 'vitest';
import { sortedBy } from '../../../src/state/list-rows.ts';

describe('rows of a list by a column', () => {
  const numbers = [3, Number.NaN, 1, 3, 2];
  const texts = ['10.0.0.23', '', '10.0.0.9', 'b', 'a'];
  const rows = [0, 1, 2, 3, 4];

  it('have what has no value last in both directions, and ties as they were', () => {
    expect(sortedBy(rows, (row) => numbers[row], false)).toEqual([2, 4, 0, 3, 1]);
    expect(sortedBy(rows, (row) => numbers[row], true)).toEqual([0, 3, 4, 2, 1]);
  });

  it('have texts as people order them', () => {
    expect(sortedBy(rows, (row) => texts[row], false)).toEqual([2, 0, 4, 3, 1]);
    expect(sortedBy(rows, (row) => texts[row], true)).toEqual([3, 4, 0, 2, 1]);
  });
});
