import type { Dispatch } from 'react';
import { SORT_BITS } from '../analysis/connections/sorts.ts';
import type { Sort } from '../analysis/connections/sorts.ts';
import type { ConnectionTable } from '../analysis/report.ts';
import { countOfSort } from '../state/order.ts';
import type { ViewEvent } from '../state/view.ts';
import { formatCount } from './format.ts';
import { SORT_WORDS } from './sort-words.ts';

const SORTS = Object.keys(SORT_WORDS) as Sort[];

interface Props {
  table: ConnectionTable;
  hidden: number;
  dispatch: Dispatch<ViewEvent>;
}

/** A switch for every sort of connection there is, with how many rows it hides. */
export function HideToggles({ table, hidden, dispatch }: Props) {
  const offered = SORTS.map((sort) => ({
    sort,
    count: countOfSort(table, sort),
    on: (hidden & SORT_BITS[sort]) !== 0,
  })).filter(({ count, on }) => count > 0 || on);
  if (offered.length === 0) return null;
  return (
    <fieldset className="hide-toggles">
      <legend className="unseen">Hide</legend>
      <span aria-hidden="true">hide</span>
      {offered.map(({ sort, count, on }) => (
        <button
          key={sort}
          type="button"
          aria-pressed={on}
          title={SORT_WORDS[sort].meaning}
          onClick={() => dispatch({ type: 'toggled', sort })}
        >
          {on && 'hidden: '}
          {formatCount(count)} {SORT_WORDS[sort].label}
          {on && <span aria-hidden="true"> ×</span>}
        </button>
      ))}
    </fieldset>
  );
}
