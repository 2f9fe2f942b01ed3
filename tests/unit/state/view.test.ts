import { describe, expect, it } from 'vitest';
import { SORT_BITS } from '../../../src/analysis/connections/sorts.ts';
import { DEFAULT_VIEW, viewAfter } from '../../../src/state/view.ts';

describe('view', () => {
  it('turns the direction round on a second click, and starts each column the useful way', () => {
    const byFlows = viewAfter(DEFAULT_VIEW, { type: 'sorted', column: 'flows' });
    expect(byFlows.sort).toEqual({ column: 'flows', descending: true });
    expect(viewAfter(byFlows, { type: 'sorted', column: 'flows' }).sort).toEqual({
      column: 'flows',
      descending: false,
    });
    expect(viewAfter(byFlows, { type: 'sorted', column: 'source' }).sort).toEqual({
      column: 'source',
      descending: false,
    });
  });

  it('drops filter and selection when captures are opened, not the order', () => {
    const sorted = viewAfter(DEFAULT_VIEW, { type: 'sorted', column: 'port' });
    const used = viewAfter(viewAfter(sorted, { type: 'filtered', filter: 'dns' }), { type: 'selected', group: 3 });
    expect(viewAfter(used, { type: 'reopened' })).toEqual(sorted);
  });

  it('keeps what is open, chosen and unfolded where groups get other numbers, but for what is gone', () => {
    const used = { ...DEFAULT_VIEW, selected: 3, chosen: [3, 5], unfolded: [5, 7] };
    const groups = new Map([
      [3, 30],
      [7, 2],
    ]);
    const after = { ...DEFAULT_VIEW, selected: 30, chosen: [30], unfolded: [2] };
    expect(viewAfter(used, { type: 'renumbered', groups })).toEqual(after);
    expect(viewAfter({ ...used, selected: 5 }, { type: 'renumbered', groups }).selected).toBeNull();
  });

  it('sorts by the score that is ranked by', () => {
    const sorted = viewAfter(DEFAULT_VIEW, { type: 'sorted', column: 'source' });
    expect(viewAfter(sorted, { type: 'ranked', ranking: 'rita' })).toEqual({ ...DEFAULT_VIEW, ranking: 'rita' });
  });

  it('hides nothing at first, and each sort of connection on its own', () => {
    expect(DEFAULT_VIEW.hidden).toBe(0);
    const one = viewAfter(DEFAULT_VIEW, { type: 'toggled', sort: 'clock' });
    const two = viewAfter(one, { type: 'toggled', sort: 'internal' });
    expect(two.hidden).toBe(SORT_BITS.clock | SORT_BITS.internal);
    expect(viewAfter(two, { type: 'toggled', sort: 'clock' }).hidden).toBe(SORT_BITS.internal);
  });

  it('shows and folds the twins of one group or of all, until groups are numbered anew', () => {
    const one = viewAfter(viewAfter(DEFAULT_VIEW, { type: 'unfolded', group: 3, open: true }), {
      type: 'unfolded',
      group: 5,
      open: true,
    });
    expect(one.unfolded).toEqual([3, 5]);
    expect(viewAfter(one, { type: 'unfolded', group: 3, open: true }).unfolded).toEqual([5, 3]);
    expect(viewAfter(one, { type: 'unfolded', group: 3, open: false }).unfolded).toEqual([5]);
    expect(viewAfter(one, { type: 'unfoldedAll', groups: [1, 2] }).unfolded).toEqual([1, 2]);
    expect(viewAfter(one, { type: 'grouped', grouping: 'src,dst' }).unfolded).toEqual([]);
    expect(viewAfter(one, { type: 'reopened' }).unfolded).toEqual([]);
  });

  it('closes the detail when flows are grouped anew: the groups have other numbers then', () => {
    const open = viewAfter(DEFAULT_VIEW, { type: 'selected', group: 3 });
    expect(viewAfter(open, { type: 'grouped', grouping: 'src,dst' })).toEqual({ ...DEFAULT_VIEW, grouping: 'src,dst' });
    expect(viewAfter(open, { type: 'grouped', grouping: DEFAULT_VIEW.grouping })).toEqual(open);
    const { filter: _filter, selected: _selected, unfolded: _unfolded, ...linked } = DEFAULT_VIEW;
    expect(viewAfter(open, { type: 'linked', view: { ...linked, grouping: 'src,name' } }).selected).toBeNull();
    expect(viewAfter(open, { type: 'linked', view: linked })).toEqual(open);
  });
});
