import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaptureSummary } from '../analysis/capture.ts';
import type { SavedFacts } from '../saved/saved.ts';
import { type Case, caseOfText, NO_CASE, type Remark, withRemark } from '../analysis/report/case.ts';
import type { ExportSource } from './export-source.ts';
import { caseKey, keepsCases, storeCase, storedCase } from './stored-case.ts';

/** The case before a change, and when that was (`performance.now()`). */
interface Change {
  before: Case;
  atMs: number;
}

/** So many changes can be taken back, one after the other. */
const MOST_UNDONE = 200;

/** The remarks of the analysis, how they are changed and taken back, and whether this browser keeps them. */
export interface CaseControl {
  remarks: Case;
  /** The last change; null for nothing to take back. */
  last: Change | null;
  change: (keys: readonly string[], change: Partial<Remark>) => void;
  undo: () => void;
  /** `off` until it is asked for (a page from disk), `failed` where the browser blocks it. */
  keeping: 'on' | 'off' | 'failed';
  keep: () => void;
}

/**
 * The case of the captures shown. It is kept by their SHA-256, for which they are read once more: when something is said
 * first, or at once where this browser keeps cases already. A page from disk keeps nothing until it is asked to.
 *
 * @param captures null without a report; another array is another analysis
 * @param saved what a saved analysis was saved with: its remarks are there from the start
 */
export function useCase(
  captures: readonly CaptureSummary[] | null,
  saved: SavedFacts | null,
  digests: ExportSource['digests'],
): CaseControl {
  const [remarks, setRemarks] = useState(NO_CASE);
  const [past, setPast] = useState<readonly Change[]>([]);
  const [keeping, setKeeping] = useState<CaseControl['keeping']>(() =>
    location.protocol.startsWith('http') ? 'on' : 'off',
  );
  const [key, setKey] = useState<string | null>(null);
  const names = useMemo(() => (captures ?? []).map(({ file }) => file), [captures]);
  const own = captures === null ? '' : captures.map(({ file, bytes }) => `${file} ${bytes}`).join('\n');
  const identity = own === '' || saved === null ? own : `${own}\n${saved.savedMs}`;
  const [shown, setShown] = useState(identity);
  if (shown !== identity) {
    setShown(identity);
    setRemarks(saved === null ? NO_CASE : caseOfText(saved.remarks));
    setPast([]);
    setKey(null);
  }
  const latest = useRef(remarks);
  useEffect(() => {
    latest.current = remarks;
  });

  const wanted = keeping === 'on' && identity !== '' && key === null && (remarks.size > 0 || keepsCases());
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void digests(() => undefined).then((outcome) => {
      if (!current || !outcome.ok) return;
      const found = caseKey(outcome.value);
      // What was said meanwhile is newer than what was kept.
      const all = new Map([...storedCase(found), ...latest.current]);
      setKey(found);
      setRemarks(all);
      if (!storeCase(found, all, names)) setKeeping('failed');
    });
    return () => {
      current = false;
    };
  }, [wanted, digests, names]);

  const become = useCallback(
    (next: Case) => {
      setRemarks(next);
      if (key !== null && keeping === 'on' && !storeCase(key, next, names)) setKeeping('failed');
    },
    [key, keeping, names],
  );
  const change = useCallback(
    (keys: readonly string[], what: Partial<Remark>) => {
      setPast([...past.slice(-MOST_UNDONE), { before: remarks, atMs: performance.now() }]);
      become(withRemark(remarks, keys, what));
    },
    [remarks, past, become],
  );
  const last = past.at(-1) ?? null;
  const undo = useCallback(() => {
    if (last === null) return;
    become(last.before);
    setPast(past.slice(0, -1));
  }, [last, past, become]);
  const keep = useCallback(() => setKeeping('on'), []);
  return useMemo(() => ({ remarks, last, change, undo, keeping, keep }), [remarks, last, change, undo, keeping, keep]);
}
