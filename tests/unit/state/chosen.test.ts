import { describe, expect, it } from 'vitest';
import { chosenBetween, chosenRows, chosenWith, MOST_CHOSEN } from '../../../src/state/chosen.ts';

const ROWS = Uint32Array.of(3, 0, 2, 1);
const groupOf = (row: number): number => 10 + row;

describe('rows chosen together', () => {
  it('are those from one place to another, either way', () => {
    expect(chosenBetween(ROWS, groupOf, 1, 3)).toEqual([10, 12, 11]);
    expect(chosenBetween(ROWS, groupOf, 2, 0)).toEqual([12, 10, 13]);
    expect(chosenBetween(ROWS, groupOf, 2, 2)).toEqual([12]);
  });

  it('gain a row, or lose it', () => {
    expect(chosenWith([10], 12)).toEqual([10, 12]);
    expect(chosenWith([10, 12], 10)).toEqual([12]);
  });

  it('are as many as there is room for', () => {
    const many = Uint32Array.from({ length: MOST_CHOSEN + 5 }, (_, row) => row);
    const chosen = chosenBetween(many, (row) => row, MOST_CHOSEN + 4, 0);
    expect(chosen).toHaveLength(MOST_CHOSEN);
    expect(chosen[0]).toBe(MOST_CHOSEN + 4);
    expect(chosenWith(chosen, 0)).toBe(chosen);
  });

  it('are the shown ones among them, from the top', () => {
    expect(chosenRows(ROWS, groupOf, [11, 99, 13])).toEqual([3, 1]);
    expect(chosenRows(ROWS, groupOf, [])).toEqual([]);
  });
});
