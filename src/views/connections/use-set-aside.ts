import { useCallback, useMemo, useState } from 'react';
import { withoutEntry } from '../../analysis/lists/edit-list.ts';
import type { Indicator } from '../../analysis/lists/indicator.ts';
import { asPlainList, withOneEntry } from '../../analysis/lists/list-import.ts';

/** Setting aside and taking back, and what was done last: it can be undone. */
export interface SetAside {
  last: { indicator: Indicator; done: 'set aside' | 'taken back'; atMs: number } | null;
  setAside: (indicator: Indicator) => void;
  takeBack: (indicator: Indicator) => void;
  undo: () => void;
}

/** @param editAllow changes the list of what is set aside */
export function useSetAside(editAllow: (edit: (allow: string) => string) => void): SetAside {
  const [last, setLast] = useState<SetAside['last']>(null);
  const setAside = useCallback(
    (indicator: Indicator) => {
      editAllow((allow) => withOneEntry(allow, indicator));
      setLast({ indicator, done: 'set aside', atMs: performance.now() });
    },
    [editAllow],
  );
  const takeBack = useCallback(
    (indicator: Indicator) => {
      editAllow((allow) => withoutEntry(asPlainList(allow), indicator));
      setLast({ indicator, done: 'taken back', atMs: performance.now() });
    },
    [editAllow],
  );
  const undo = useCallback(() => {
    if (last === null) return;
    editAllow((allow) =>
      last.done === 'set aside' ? withoutEntry(allow, last.indicator) : withOneEntry(allow, last.indicator),
    );
    setLast(null);
  }, [editAllow, last]);
  return useMemo(() => ({ last, setAside, takeBack, undo }), [last, setAside, takeBack, undo]);
}
