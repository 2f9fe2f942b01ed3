import { describe, expect, it } from 'vitest';
import { RecentMap } from '../../../../src/analysis/memory/recent-map.ts';

describe('a map of what came last', () => {
  it('holds the later half of its room at least, and never more than its room', () => {
    const map = new RecentMap<number, string>(8);
    for (let key = 0; key < 100; key++) {
      map.set(key, `${key}`);
      expect(map.size).toBeLessThanOrEqual(8);
      for (let late = Math.max(0, key - 3); late <= key; late++) expect(map.get(late)).toBe(`${late}`);
    }
    expect(map.get(91)).toBeUndefined();
  });

  it('keeps what is set again, once', () => {
    const map = new RecentMap<string, number>(4);
    for (let round = 0; round < 50; round++) {
      map.set('again', round);
      map.set(`other ${round}`, round);
      expect(map.get('again')).toBe(round);
    }
    map.delete('again');
    expect(map.get('again')).toBeUndefined();
  });

  it('tells of each entry that gave way, once, and of the rest when all are let go', () => {
    const gone: number[] = [];
    const map = new RecentMap<string, number>(4, (value) => gone.push(value));
    for (let key = 0; key < 9; key++) map.set(`${key}`, key);
    expect(gone).toEqual([0, 1, 2, 3, 4, 5]);
    map.delete('7');
    map.clear();
    expect(gone).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
    expect(map.size).toBe(0);
  });
});
