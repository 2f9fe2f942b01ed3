import { COLUMNS, DEFAULT_VIEW, TIME_ZONES } from './view.ts';
import type { Sort, TimeZone, View } from './view.ts';

/**
 * The part of a view that a link may carry, as a location hash ("" for the default view). Filter and selection stay
 * out of it: they hold addresses and names of the capture.
 */
export function hashOf(view: Pick<View, 'sort' | 'timeZone'>): string {
  const parts = new URLSearchParams();
  const { sort, timeZone } = view;
  if (sort.column !== DEFAULT_VIEW.sort.column || sort.descending !== DEFAULT_VIEW.sort.descending) {
    parts.set('sort', sort.descending ? `-${sort.column}` : sort.column);
  }
  if (timeZone !== DEFAULT_VIEW.timeZone) parts.set('time', timeZone);
  const text = parts.toString();
  return text === '' ? '' : `#${text}`;
}

/** The view a location hash asks for; what it does not say, or says wrongly, is the default. */
export function viewOfHash(hash: string): { sort: Sort; timeZone: TimeZone } {
  const parts = new URLSearchParams(hash.replace(/^#/, ''));
  const asked = parts.get('sort') ?? '';
  const descending = asked.startsWith('-');
  const column = COLUMNS.find((known) => known === (descending ? asked.slice(1) : asked));
  return {
    sort: column === undefined ? DEFAULT_VIEW.sort : { column, descending },
    timeZone: TIME_ZONES.find((known) => known === parts.get('time')) ?? DEFAULT_VIEW.timeZone,
  };
}
