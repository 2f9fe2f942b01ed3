import { useMemo } from 'react';
import { chosenRows } from '../../state/chosen.ts';
import { useLook } from '../context.ts';

/** Which rows of a list are chosen together, and how others are. */
export interface Choosing {
  /** What names a row in a case. */
  keyOf: (row: number) => string;
  /** The keys of the shown rows that are chosen, from the top. */
  keys: readonly string[];
  onChoose: (keys: readonly string[]) => void;
}

/** Rows of the list of hosts or of domains that are chosen together. */
export function useChosenKeys(rows: readonly number[], keyOf: Choosing['keyOf']): Choosing {
  const {
    view: { chosenKeys },
    dispatch,
  } = useLook();
  return useMemo(
    () => ({
      keyOf,
      keys: chosenRows(rows, keyOf, chosenKeys).map(keyOf),
      onChoose: (keys) => dispatch({ type: 'choseKeys', keys }),
    }),
    [rows, keyOf, chosenKeys, dispatch],
  );
}
