import type { Case } from '../analysis/report/case.ts';
import { caseOfText, caseText, type ReadCase } from '../analysis/report/case-file.ts';

const PREFIX = 'beaconscope.case.';
/** Digests of more captures than these make no longer key. */
const MOST_DIGESTS = 16;

/** What is needed of `localStorage`. */
export type CaseStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** What a case is kept under: the SHA-256 of its captures, in any order. */
export function caseKey(digests: ReadonlyMap<string, string>): string {
  const sorted = [...digests.values()].sort();
  const more = sorted.length > MOST_DIGESTS ? `+${sorted.length}` : '';
  return PREFIX + sorted.slice(0, MOST_DIGESTS).join('+') + more;
}

/** Whether this browser keeps any case: only then the captures are read once more to find theirs. */
export function keepsCases(store: () => CaseStore = () => localStorage): boolean {
  try {
    const kept = store();
    return Array.from({ length: kept.length }, (_, at) => kept.key(at)).some((key) => key?.startsWith(PREFIX) === true);
  } catch {
    return false;
  }
}

/** The case that is kept under a key; empty where there is none, and where the browser blocks storage. */
export function storedCase(key: string, store: () => CaseStore = () => localStorage): ReadCase {
  try {
    return caseOfText(store().getItem(key) ?? '');
  } catch {
    return caseOfText('');
  }
}

/** Keeps a case, or forgets it where nothing is said. Tells whether it is kept. */
export function storeCase(
  key: string,
  remarks: Case,
  captures: readonly string[],
  store: () => CaseStore = () => localStorage,
): boolean {
  try {
    if (remarks.size === 0) store().removeItem(key);
    else store().setItem(key, caseText(remarks, captures));
    return true;
  } catch {
    return false;
  }
}
