import { useCallback, useMemo } from 'react';
import { withEntries, withoutEntries } from '../../analysis/lists/edit-list.ts';
import { type Indicator, indicatorText } from '../../analysis/lists/indicator.ts';
import { useActions, useRemarks } from '../context.ts';
import { formatCounted } from '../text/format.ts';

/** Setting aside and taking back; either can be undone. */
export interface SetAside {
  setAside: (indicators: readonly Indicator[]) => void;
  takeBack: (indicator: Indicator) => void;
}

/** What changes the list of what is set aside. */
export function useSetAside(): SetAside {
  const { editAllow } = useActions();
  const { did } = useRemarks();
  const add = useCallback(
    (indicators: readonly Indicator[]) => editAllow((allow) => withEntries(allow, indicators)),
    [editAllow],
  );
  const remove = useCallback(
    (indicators: readonly Indicator[]) => editAllow((allow) => withoutEntries(allow, indicators)),
    [editAllow],
  );
  const setAside = useCallback(
    (indicators: readonly Indicator[]) => {
      add(indicators);
      did(`set aside: ${wordsOf(indicators)}`, () => remove(indicators));
    },
    [add, remove, did],
  );
  const takeBack = useCallback(
    (indicator: Indicator) => {
      remove([indicator]);
      did(`taken back: ${wordsOf([indicator])}`, () => add([indicator]));
    },
    [add, remove, did],
  );
  return useMemo(() => ({ setAside, takeBack }), [setAside, takeBack]);
}

function wordsOf(indicators: readonly Indicator[]): string {
  return indicators.length === 1 ? indicatorText(indicators[0]) : formatCounted(indicators.length, 'entry', 'entries');
}
