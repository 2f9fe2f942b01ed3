import { useRef } from 'react';
import { chosenBetween, chosenWith, MOST_CHOSEN } from '../../state/chosen.ts';
import type { Choosing } from './use-chosen-keys.ts';
import styles from './list-table.module.css';

/** What is chosen of a list, and what its rows are called. */
export type NamedChoosing = Choosing & { nameOf: (row: number) => string };

type Toggle = (place: number, hasShift: boolean) => void;

/** Chooses the row in a place, or no more; with Shift all from the one before. */
export function useToggle(rows: readonly number[], choosing: Choosing | undefined): Toggle {
  const anchor = useRef(-1);
  return (place, hasShift) => {
    if (choosing === undefined) return;
    const { keyOf, keys, onChoose } = choosing;
    const from = hasShift ? Math.min(anchor.current, rows.length - 1) : -1;
    onChoose(from < 0 ? chosenWith(keys, keyOf(rows[place])) : chosenBetween(rows, keyOf, from, place));
    if (from < 0) anchor.current = place;
  };
}

interface RowProps {
  name: string;
  place: number;
  isChosen: boolean;
  onToggle: Toggle;
}

/** The box that chooses a row with others. */
export function ChooseRow({ name, place, isChosen, onToggle }: RowProps) {
  return (
    <td className={styles.box}>
      <input
        type="checkbox"
        aria-label={name}
        title="Choose it with others"
        checked={isChosen}
        onChange={({ nativeEvent }) => onToggle(place, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
      />
    </td>
  );
}

interface AllProps {
  /** Rows in their order. */
  rows: readonly number[];
  choosing: Choosing;
}

/** A box that chooses all rows, as many as can be chosen together, or none. */
export function ChooseAll({ rows, choosing }: AllProps) {
  const { keyOf, keys, onChoose } = choosing;
  const all = Math.min(rows.length, MOST_CHOSEN);
  return (
    <th scope="col" className={styles.box}>
      <input
        type="checkbox"
        aria-label="Choose all"
        checked={keys.length >= all}
        ref={(box) => {
          if (box !== null) box.indeterminate = keys.length > 0 && keys.length < all;
        }}
        onChange={({ target }) => onChoose(target.checked ? chosenBetween(rows, keyOf, 0, all - 1) : [])}
      />
    </th>
  );
}
