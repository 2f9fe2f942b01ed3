import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CaptureSummary } from '../analysis/capture.ts';
import { type Case, NO_CASE, type RemarkChange, withRemark, withRemarksOf } from '../analysis/report/case.ts';
import { type CaseLoss, caseOfFile, caseOfText, NO_LOSS, remarkCount } from '../analysis/report/case-file.ts';
import type { SavedFacts } from '../saved/saved.ts';
import type { ExportSource } from './export-source.ts';
import { caseKey, keepsCases, storeCase, storedCase } from './stored-case.ts';
import { type History, useHistory } from './use-history.ts';

/** The remarks of the analysis, how they are changed, what was done last, and whether this browser keeps them. */
export interface CaseControl extends Omit<History, 'clear'> {
  remarks: Case;
  /** What was kept and could not be read again. */
  lost: CaseLoss;
  /** Says something of what some keys name; `words` name what was done, for who may want to take it back. */
  change: (keys: readonly string[], change: RemarkChange, words: string) => void;
  /** `off` until it is asked for (a page from disk), `failed` where the browser blocks it. */
  keeping: 'on' | 'off' | 'failed';
  keep: () => void;
  /** Says what the text of a case file says, also where something else is said of it now; false for one that is none. */
  open: (text: string) => boolean;
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
  const [lost, setLost] = useState(NO_LOSS);
  const { last, did, undo, clear } = useHistory();
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
    const read = caseOfText(saved?.remarks ?? '');
    setRemarks(read.remarks);
    setLost(read);
    clear();
    setKey(null);
  }
  // What is taken back later is kept as it is then.
  const latest = useRef({ remarks, key, keeping, names });
  useEffect(() => {
    latest.current = { remarks, key, keeping, names };
  });

  const wanted = keeping === 'on' && identity !== '' && key === null && (remarks.size > 0 || keepsCases());
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void digests(() => undefined).then((outcome) => {
      if (!current || !outcome.ok) return;
      const found = caseKey(outcome.value);
      // What was said meanwhile is newer than what was kept.
      const stored = storedCase(found);
      const all = new Map([...stored.remarks, ...latest.current.remarks]);
      setLost(({ leftOut, cut }) => ({ leftOut: leftOut + stored.leftOut, cut: cut + stored.cut }));
      setKey(found);
      setRemarks(all);
      if (!storeCase(found, all, names)) setKeeping('failed');
    });
    return () => {
      current = false;
    };
  }, [wanted, digests, names]);

  const become = useCallback((next: Case) => {
    const { key: keptAs, keeping: how, names: files } = latest.current;
    latest.current = { ...latest.current, remarks: next };
    setRemarks(next);
    if (keptAs !== null && how === 'on' && !storeCase(keptAs, next, files)) setKeeping('failed');
  }, []);
  const change = useCallback(
    (keys: readonly string[], what: RemarkChange, words: string) => {
      const { remarks: before } = latest.current;
      become(withRemark(before, keys, what));
      did(words, () => become(withRemarksOf(latest.current.remarks, before, keys)));
    },
    [become, did],
  );
  const open = useCallback(
    (text: string) => {
      const read = caseOfFile(text);
      if (read === null) return false;
      const { remarks: before } = latest.current;
      become(new Map([...before, ...read.remarks]));
      setLost(read);
      const keys = [...read.remarks.keys()];
      did(`case opened: ${remarkCount(keys.length)}`, () =>
        become(withRemarksOf(latest.current.remarks, before, keys)),
      );
      return true;
    },
    [become, did],
  );
  const keep = useCallback(() => setKeeping('on'), []);
  return useMemo(
    () => ({ remarks, lost, change, last, did, undo, keeping, keep, open }),
    [remarks, lost, change, last, did, undo, keeping, keep, open],
  );
}
