import { expect, it } from 'vitest';
import { firstSession, noteReading } from '../../../src/state/broken-off.ts';
import { IDLE, type Session } from '../../../src/state/session.ts';
import type { Store } from '../../../src/state/stored-lists.ts';
import { PROGRESS } from './reports.ts';

/** A tab's storage, and what is in it. */
function tab(): { store: () => Store; texts: Map<string, string> } {
  const texts = new Map<string, string>();
  const store: Store = {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
  return { store: () => store, texts };
}

const READING: Session = { phase: 'reading', fileNames: ['secret.pcap'], progress: PROGRESS, soFar: null };

it('tells a page of the reading that ended with the one before it, by its counts alone', () => {
  const { store, texts } = tab();
  noteReading({ ...READING, progress: null }, store);
  expect(firstSession(store)).toBe(IDLE);
  noteReading(READING, store);
  expect(firstSession(store)).toMatchObject({
    phase: 'failed',
    failure: { kind: 'broken-off' },
    progress: { bytesRead: PROGRESS.bytesRead, bytesTotal: PROGRESS.bytesTotal, packets: PROGRESS.packets },
  });
  expect([...texts.values()].join()).not.toContain(PROGRESS.file);
});

it('forgets a reading that has ended, and what it said of one', () => {
  const { store, texts } = tab();
  for (const after of [IDLE, firstSession(store)]) {
    noteReading(READING, store);
    noteReading(after, store);
    expect(texts.size).toBe(0);
  }
});

it('begins with nothing where the storage is blocked, or holds what is no note', () => {
  const blocked = (): Store => {
    throw new DOMException('denied', 'SecurityError');
  };
  noteReading(READING, blocked);
  expect(firstSession(blocked)).toBe(IDLE);
  for (const text of ['', '{', '[1,2]', '[1,2,"3"]', '{"length":3}', 'null']) {
    const { store, texts } = tab();
    texts.set('beaconscope.reading', text);
    expect(firstSession(store)).toBe(IDLE);
  }
});
