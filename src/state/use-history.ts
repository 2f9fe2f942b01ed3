import { useCallback, useMemo, useState } from 'react';

/** Something that was done, in words, and how it is taken back. */
export interface Deed {
  words: string;
  undo: () => void;
}

/** So many are taken back at most, the last one first. */
const MOST_DEEDS = 200;

/** What was done to an analysis, to be taken back one after the other. */
export interface History {
  /** The last of it; null for nothing to take back. */
  last: Deed | null;
  did: (words: string, undo: () => void) => void;
  undo: () => void;
  clear: () => void;
}

/** A history that begins empty. */
export function useHistory(): History {
  const [deeds, setDeeds] = useState<readonly Deed[]>([]);
  const did = useCallback((words: string, undo: () => void) => {
    setDeeds((before) => [...before.slice(1 - MOST_DEEDS), { words, undo }]);
  }, []);
  const clear = useCallback(() => setDeeds([]), []);
  const last = deeds.at(-1) ?? null;
  const undo = useCallback(() => {
    if (last === null) return;
    last.undo();
    setDeeds((before) => before.slice(0, -1));
  }, [last]);
  return useMemo(() => ({ last, did, undo, clear }), [last, did, undo, clear]);
}
