import { describe, expect, it } from 'vitest';
import { hashOf, viewOfHash } from '../../../src/state/link.ts';
import { COLUMNS, DEFAULT_VIEW, TIME_ZONES } from '../../../src/state/view.ts';
import type { View } from '../../../src/state/view.ts';

describe('link', () => {
  it('is empty for the default view', () => {
    expect(hashOf(DEFAULT_VIEW)).toBe('');
    expect(viewOfHash('')).toEqual({ sort: DEFAULT_VIEW.sort, timeZone: 'utc' });
  });

  it('gives back every order and time zone', () => {
    for (const column of COLUMNS) {
      for (const descending of [true, false]) {
        for (const timeZone of TIME_ZONES) {
          const asked = { sort: { column, descending }, timeZone };
          expect(viewOfHash(hashOf(asked))).toEqual(asked);
        }
      }
    }
  });

  it('carries nothing of the capture', () => {
    const view: View = { ...DEFAULT_VIEW, filter: '10.0.0.23', selected: 7 };
    expect(hashOf(view)).toBe('');
  });

  it('takes the default for what it does not know', () => {
    for (const hash of ['#sort=constructor', '#sort=--score', '#time=mars', '#%', '#sort=', '#=']) {
      expect(viewOfHash(hash)).toEqual({ sort: DEFAULT_VIEW.sort, timeZone: 'utc' });
    }
  });
});
