import { type Filter, NO_FILTER, readFilter } from '../filter/filter.ts';
import type { FilterError } from '../filter/syntax.ts';
import type { TimeZone, View } from './view.ts';

/** Reads the text of a filter; times that say no zone are of the one that times are shown in. */
export function filterOf(text: string, timeZone: TimeZone): { filter: Filter } | { error: FilterError } {
  const offsetMinutes = timeZone === 'utc' ? () => 0 : (ms: number) => -new Date(ms).getTimezoneOffset();
  return readFilter(text, { offsetMinutes });
}

/** The filter of a view; one that cannot be read, as a link may have it, lets everything through. */
export function viewFilter({ filter, timeZone }: Pick<View, 'filter' | 'timeZone'>): Filter {
  const read = filterOf(filter, timeZone);
  return 'filter' in read ? read.filter : NO_FILTER;
}
