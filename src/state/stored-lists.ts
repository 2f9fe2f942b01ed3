import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import type { TriageSettings } from '../analysis/settings.ts';

const LISTS = ['allow', 'watch', 'internal'] as const;
type ListName = (typeof LISTS)[number];

/** What is needed of `localStorage`. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whether other pages read what this browser keeps for this one: to it all pages from disk are of one place. */
export function isReadByOthers(): boolean {
  return location.protocol === 'file:';
}

/** The analyst's lists as this browser keeps them; a list that it does not keep is the default. */
export function storedLists(store: () => Store = () => localStorage): TriageSettings {
  const listOf = (name: ListName): string => {
    // Storage throws where the browser blocks it, as it does for some pages opened from disk.
    try {
      return store().getItem(keyOf(name)) ?? DEFAULT_SETTINGS[name];
    } catch {
      return DEFAULT_SETTINGS[name];
    }
  };
  return { allow: listOf('allow'), watch: listOf('watch'), internal: listOf('internal') };
}

/** Keeps the lists in this browser; one that is the default is forgotten. Tells whether all of them are kept. */
export function storeLists(lists: TriageSettings, store: () => Store = () => localStorage): boolean {
  const outcomes = LISTS.map((name) => {
    try {
      if (lists[name] === DEFAULT_SETTINGS[name]) store().removeItem(keyOf(name));
      else store().setItem(keyOf(name), lists[name]);
      return true;
    } catch {
      // Blocked, or longer than a browser keeps.
      return lists[name] === DEFAULT_SETTINGS[name];
    }
  });
  return !outcomes.includes(false);
}

function keyOf(name: ListName): string {
  return `beaconscope.${name}`;
}
