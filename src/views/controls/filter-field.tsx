import type { RefObject } from 'react';
import { useLook } from '../context.ts';
import { formatCount } from '../text/format.ts';
import textStyles from '../text/text.module.css';
import styles from './filter-field.module.css';

interface Props {
  /** Rows shown, of how many listed. */
  shown: number;
  total: number;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** The field that filters the table, and how many rows are shown. Escape empties it, then leaves it. */
export function FilterField({ shown, total, inputRef }: Props) {
  const {
    view: { filter },
    dispatch,
  } = useLook();
  return (
    <div className={styles.filter}>
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
      <span id="shown" className={textStyles.quiet}>
        {shown === total ? `${formatCount(total)} shown` : `${formatCount(shown)} of ${formatCount(total)} shown`}
      </span>
    </div>
  );
}
