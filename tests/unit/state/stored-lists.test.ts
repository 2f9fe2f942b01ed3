import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { storedLists, storeLists, type Store } from '../../../src/state/stored-lists.ts';

const DEFAULT_LISTS = { allow: '', watch: '', internal: DEFAULT_SETTINGS.internal };

function storeOf(room = Number.POSITIVE_INFINITY): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
  };
}

const blocked = (): Store => {
  throw new DOMException('blocked', 'SecurityError');
};

describe('lists in the browser', () => {
  it('come back as they were, and are forgotten when they are the default', () => {
    const store = storeOf();
    const lists = { allow: '*.example.net\n', watch: '203.0.113.9 # bad\n', internal: '192.0.2.0/24\n' };
    expect(storeLists(lists, () => store)).toBe(true);
    expect(storedLists(() => store)).toEqual(lists);
    expect(storeLists(DEFAULT_LISTS, () => store)).toBe(true);
    expect(store.kept.size).toBe(0);
    expect(storedLists(() => store)).toEqual(DEFAULT_LISTS);
  });

  it('tell when there is no room or no storage', () => {
    const store = storeOf(10);
    expect(storeLists({ ...DEFAULT_LISTS, allow: '192.0.2.1\n', watch: '*.long.example.net\n' }, () => store)).toBe(
      false,
    );
    expect(storedLists(() => store)).toEqual({ ...DEFAULT_LISTS, allow: '192.0.2.1\n' });
    expect(storedLists(blocked)).toEqual(DEFAULT_LISTS);
    expect(storeLists(DEFAULT_LISTS, blocked)).toBe(true);
    expect(storeLists({ ...DEFAULT_LISTS, allow: '192.0.2.1\n' }, blocked)).toBe(false);
  });
});
