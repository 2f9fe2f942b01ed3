import type { Dispatch, RefObject } from 'react';
import type { ViewEvent } from '../state/view.ts';
import { formatCount } from './format.ts';

interface Props {
  filter: string;
  /** Rows shown, of how many listed. */
  shown: number;
  total: number;
  dispatch: Dispatch<ViewEvent>;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** The field that filters the table, and how many rows are shown. Escape empties it, then leaves it. */
export function FilterField({ filter, shown, total, dispatch, inputRef }: Props) {
  return (
    <div className="filter">
      <input
        ref={inputRef}
        type="search"
        value={filter}
        placeholder="Filter: address, name or :port"
        aria-label="Filter"
        aria-describedby="shown"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => dispatch({ type: 'filtered', filter: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (filter === '') event.currentTarget.blur();
          else dispatch({ type: 'filtered', filter: '' });
        }}
      />
      <span id="shown" className="quiet">
        {shown === total ? `${formatCount(total)} shown` : `${formatCount(shown)} of ${formatCount(total)} shown`}
      </span>
    </div>
  );
}
