import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { flushSync } from 'react-dom';
import { completions } from '../../filter/completions.ts';
import { filterRows } from '../../filter/filter.ts';
import type { FilteredList } from '../../filter/list.ts';
import { filterOf } from '../../state/filters.ts';
import { useLook } from '../context.ts';
import { formatCount } from '../text/format.ts';
import { CompletionList } from './completion-list.tsx';
import { FilterLink } from './filter-link.tsx';
import { FilterNotes } from './filter-notes.tsx';
import { focusList } from './layout.ts';
import textStyles from '../text/text.module.css';
import styles from './filter-field.module.css';

interface Props {
  /** The list that is filtered, as the filter sees it. */
  list: FilteredList;
  /** Rows shown, of how many listed. */
  shown: number;
  total: number;
  inputRef: RefObject<HTMLInputElement | null>;
}

const NO_ROWS = new Uint32Array(0);

/**
 * The field that filters the lists, with what may be written at the cursor, and how many rows are shown. What is typed
 * counts as soon as it can be read; until then the rows stay, and the error is shown at its place. Escape closes the
 * offers, empties the field, then leaves it.
 */
export function FilterField({ list, shown, total, inputRef }: Props) {
  const {
    view: { filter, timeZone },
    dispatch,
  } = useLook();
  // What is typed on top of a filter; it is dropped when the filter changes from elsewhere.
  const [draft, setDraft] = useState({ text: filter, over: filter });
  const [offering, setOffering] = useState(false);
  const [cursor, setCursor] = useState(0);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const notesId = useId();
  const text = draft.over === filter ? draft.text : filter;
  const read = useMemo(() => filterOf(text, timeZone), [text, timeZone]);
  const lacks = useMemo(
    () => ('filter' in read && text !== '' ? filterRows(read.filter, list, NO_ROWS).lacks : []),
    [read, list, text],
  );
  const offers = useMemo(() => (offering ? completions(text, cursor, list) : null), [offering, text, cursor, list]);
  const candidates = offers?.candidates ?? [];
  // A hint alone would lie over the error that it helps against.
  const isOpen = offers !== null && (candidates.length > 0 || (offers.hint !== null && 'filter' in read));

  const change = (typed: string, place: number): void => {
    const isRead = 'filter' in filterOf(typed, timeZone);
    setDraft({ text: typed, over: isRead ? typed : filter });
    setCursor(place);
    setActive(-1);
    if (isRead) dispatch({ type: 'filtered', filter: typed });
  };

  const choose = (candidate: string): void => {
    if (offers === null) return;
    const before = text.slice(0, offers.start) + candidate;
    const rest = text.slice(offers.end);
    const blank = rest.startsWith(' ') ? '' : ' ';
    // The cursor follows before anything else is typed, once the text is in the field.
    flushSync(() => change(before + blank + rest, before.length + 1));
    inputRef.current?.setSelectionRange(before.length + 1, before.length + 1);
  };

  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (isOpen) setOffering(false);
      else if (text === '') leave(event.currentTarget);
      else change('', 0);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setCursor(event.currentTarget.selectionStart ?? text.length);
      setOffering(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (candidates.length > 0)
        setActive((active + step + candidates.length + (active < 0 && step < 0 ? 1 : 0)) % candidates.length);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      if (active >= 0 && isOpen) {
        event.preventDefault();
        choose(candidates[active].text);
      } else {
        setOffering(false);
        if (event.key === 'Enter') leave(event.currentTarget);
      }
    }
  };

  return (
    <>
      <div className={styles.field}>
        <input
          ref={inputRef}
          type="search"
          value={text}
          placeholder="Filter: port == 443"
          aria-label="Filter"
          aria-describedby={`shown ${notesId}`}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
          aria-invalid={'error' in read}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={({ target }) => {
            setOffering(target.value !== '');
            change(target.value, target.selectionStart ?? target.value.length);
          }}
          onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart ?? 0)}
          onBlur={() => setOffering(false)}
          onKeyDown={press}
        />
        {isOpen && (
          <CompletionList id={listId} candidates={candidates} hint={offers.hint} active={active} onChoose={choose} />
        )}
      </div>
      {/* Without a filter the tab has said it all. A line of its own, there from the first letter to the last: nothing jumps. */}
      <div className={text === '' && shown === total ? textStyles.unseen : styles.said}>
        <span id="shown" className={textStyles.quiet}>
          {shown === total ? `${formatCount(total)} shown` : `${formatCount(shown)} of ${formatCount(total)} shown`}
        </span>
        {filter !== '' && <FilterLink />}
        <FilterNotes
          id={notesId}
          text={text}
          error={'error' in read ? read.error : null}
          lacks={lacks}
          applied={filter}
        />
      </div>
    </>
  );
}

/** Goes on to the rows; where there are none, only out of the field. */
function leave(field: HTMLInputElement): void {
  field.blur();
  focusList();
}
