import { describe, expect, it } from 'vitest';
import { SORT_BITS } from '../../../src/analysis/connections/sorts.ts';
import { GROUPINGS } from '../../../src/analysis/settings.ts';
import { filterOfHash, hashOf, viewOfHash } from '../../../src/state/link.ts';
import { RANKINGS } from '../../../src/state/rankings.ts';
import { COLUMNS, DEFAULT_VIEW, TABS, TIME_ZONES } from '../../../src/state/view.ts';
import type { LinkedView, View } from '../../../src/state/view.ts';

const DEFAULT_LINKED: LinkedView = {
  tab: DEFAULT_VIEW.tab,
  ranking: DEFAULT_VIEW.ranking,
  sort: DEFAULT_VIEW.sort,
  hidden: 0,
  grouping: DEFAULT_VIEW.grouping,
  timeZone: 'utc',
};
const ALL_SORTS = Object.values(SORT_BITS).reduce<number>((all, bit) => all | bit, 0);

describe('link', () => {
  it('is empty for the default view', () => {
    expect(hashOf(DEFAULT_VIEW)).toBe('');
    expect(viewOfHash('')).toEqual(DEFAULT_LINKED);
  });

  it('gives back every tab', () => {
    for (const tab of TABS) expect(viewOfHash(hashOf({ ...DEFAULT_LINKED, tab }))).toEqual({ ...DEFAULT_LINKED, tab });
  });

  it('gives back every order, ranking, grouping, hidden sort and time zone', () => {
    for (const column of COLUMNS) {
      for (const descending of [true, false]) {
        const asked = { ...DEFAULT_LINKED, sort: { column, descending } };
        expect(viewOfHash(hashOf(asked))).toEqual(asked);
      }
    }
    for (const ranking of RANKINGS) {
      for (const grouping of GROUPINGS) {
        for (const timeZone of TIME_ZONES) {
          for (let hidden = 0; hidden <= ALL_SORTS; hidden++) {
            const asked = { ...DEFAULT_LINKED, ranking, grouping, timeZone, hidden };
            expect(viewOfHash(hashOf(asked))).toEqual(asked);
          }
        }
      }
    }
  });

  it('can be read', () => {
    const asked = {
      ...DEFAULT_LINKED,
      ranking: 'rita',
      grouping: 'src,dst',
      hidden: SORT_BITS.multicast | SORT_BITS.clock,
    } as const;
    expect(decodeURIComponent(hashOf(asked))).toBe('#rank=rita&hide=multicast+clock&group=src,dst');
  });

  it('carries nothing of the capture', () => {
    const view: View = { ...DEFAULT_VIEW, filter: '10.0.0.23', selected: 7 };
    expect(hashOf(view)).toBe('');
  });

  it('takes the default for what it does not know', () => {
    const hashes = [
      '#sort=constructor',
      '#sort=--score',
      '#sort=median',
      '#time=mars',
      '#rank=constructor',
      '#group=dst',
      '#hide=toString',
      '#hide=7',
      '#%',
      '#sort=',
      '#=',
    ];
    for (const hash of hashes) expect(viewOfHash(hash)).toEqual(DEFAULT_LINKED);
  });

  it('carries a filter only where it is asked for', () => {
    const filter = 'host == a.example && port in {80, 443}';
    expect(filterOfHash(hashOf(DEFAULT_LINKED, filter))).toBe(filter);
    expect(filterOfHash(hashOf(DEFAULT_LINKED))).toBeNull();
    expect(viewOfHash(hashOf(DEFAULT_LINKED, filter))).toEqual(DEFAULT_LINKED);
  });
});
