import { SORT_BITS } from '../analysis/connections/sorts.ts';
import type { Sort as HiddenSort } from '../analysis/connections/sorts.ts';
import { GROUPINGS } from '../analysis/settings.ts';
import { RANKINGS } from './rankings.ts';
import { COLUMNS, DEFAULT_VIEW, TABS, TIME_ZONES } from './view.ts';
import type { LinkedView } from './view.ts';

const SORT_NAMES = Object.keys(SORT_BITS) as HiddenSort[];

/**
 * The part of a view that a link may carry, as a location hash ("" for the default view). Filter and selection stay
 * out of it: they hold addresses and names of the capture. A filter is in it only where it is given on purpose.
 */
export function hashOf({ tab, ranking, sort, hidden, grouping, timeZone }: LinkedView, filter = ''): string {
  const parts = new URLSearchParams();
  if (tab !== DEFAULT_VIEW.tab) parts.set('tab', tab);
  if (ranking !== DEFAULT_VIEW.ranking) parts.set('rank', ranking);
  if (sort.column !== DEFAULT_VIEW.sort.column || sort.descending !== DEFAULT_VIEW.sort.descending) {
    parts.set('sort', sort.descending ? `-${sort.column}` : sort.column);
  }
  if (hidden !== 0) parts.set('hide', SORT_NAMES.filter((name) => (hidden & SORT_BITS[name]) !== 0).join(' '));
  if (grouping !== DEFAULT_VIEW.grouping) parts.set('group', grouping);
  if (timeZone !== DEFAULT_VIEW.timeZone) parts.set('time', timeZone);
  if (filter !== '') parts.set('filter', filter);
  const text = parts.toString();
  return text === '' ? '' : `#${text}`;
}

/** The view a location hash asks for; what it does not say, or says wrongly, is the default. */
export function viewOfHash(hash: string): LinkedView {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const asked = parts.get('sort') ?? '';
  const descending = asked.startsWith('-');
  const column = COLUMNS.find((known) => known === (descending ? asked.slice(1) : asked));
  const hide = (parts.get('hide') ?? '').split(' ');
  return {
    tab: TABS.find((known) => known === parts.get('tab')) ?? DEFAULT_VIEW.tab,
    ranking: RANKINGS.find((known) => known === parts.get('rank')) ?? DEFAULT_VIEW.ranking,
    sort: column === undefined ? DEFAULT_VIEW.sort : { column, descending },
    hidden: SORT_NAMES.filter((name) => hide.includes(name)).reduce((bits, name) => bits | SORT_BITS[name], 0),
    grouping: GROUPINGS.find((known) => known === parts.get('group')) ?? DEFAULT_VIEW.grouping,
    timeZone: TIME_ZONES.find((known) => known === parts.get('time')) ?? DEFAULT_VIEW.timeZone,
  };
}

/** The filter that a location hash asks for; null where it asks for none. */
export function filterOfHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('filter');
}
