import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW, viewAfter } from '../../../src/state/view.ts';

describe('view', () => {
  it('turns the direction round on a second click, and starts each column the useful way', () => {
    const byFlows = viewAfter(DEFAULT_VIEW, { type: 'sorted', column: 'flows' });
    expect(byFlows.sort).toEqual({ column: 'flows', descending: true });
    expect(viewAfter(byFlows, { type: 'sorted', column: 'flows' }).sort).toEqual({ column: 'flows', descending: false });
    expect(viewAfter(byFlows, { type: 'sorted', column: 'source' }).sort).toEqual({ column: 'source', descending: false });
  });

  it('drops filter and selection when captures are opened, not the order', () => {
    const sorted = viewAfter(DEFAULT_VIEW, { type: 'sorted', column: 'port' });
    const used = viewAfter(viewAfter(sorted, { type: 'filtered', filter: 'dns' }), { type: 'selected', group: 3 });
    expect(viewAfter(used, { type: 'reopened' })).toEqual(sorted);
  });
});
