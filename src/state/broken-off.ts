import type { HowFar, Session } from './session.ts';
import { IDLE } from './session.ts';
import type { Store } from './stored-lists.ts';

const KEY = 'beaconscope.reading';

/**
 * Notes how far reading has come for as long as it goes on: a browser that runs out of memory ends the whole tab, and
 * nothing but this is left of it. Counts alone, in the storage of the tab; nothing is said where the browser blocks that.
 */
export function noteReading(session: Session, store: () => Store = () => sessionStorage): void {
  try {
    if (session.phase !== 'reading') store().removeItem(KEY);
    else if (session.progress !== null) {
      const { bytesRead, bytesTotal, packets } = session.progress;
      store().setItem(KEY, JSON.stringify([bytesRead, bytesTotal, packets]));
    }
  } catch {
    // The note is a help; reading goes on without it.
  }
}

/** What a page begins with: nothing, or the failure of a reading that went with the page before it. */
export function firstSession(store: () => Store = () => sessionStorage): Session {
  const progress = notedReading(store);
  if (progress === null) return IDLE;
  const message = 'the page ended while it read: the browser ran out of memory, or the page was left or loaded again';
  return { phase: 'failed', failure: { kind: 'broken-off', message, file: null, offset: null }, progress };
}

function notedReading(store: () => Store): HowFar | null {
  try {
    const noted: unknown = JSON.parse(store().getItem(KEY) ?? 'null');
    if (!Array.isArray(noted) || noted.length !== 3 || !noted.every(Number.isFinite)) return null;
    const [bytesRead, bytesTotal, packets] = noted as number[];
    return { bytesRead, bytesTotal, packets };
  } catch {
    return null;
  }
}
