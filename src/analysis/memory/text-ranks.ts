import { columnOf } from './columns.ts';
import { RadixOrder } from './radix.ts';

/** Characters that one key has, of seven bits each, and characters that texts are put in order by before any is compared. */
const KEY_CHARACTERS = 4;
const CHARACTERS = 4 * KEY_CHARACTERS;
const LAST = 127;
/** Marks texts of which keys tell all: where two of those have the same keys, they are the same. */
const WHOLE = 64;

/**
 * For each text its place among all distinct ones in code-unit order. Addresses of a flood are millions of texts that begin
 * alike: their first characters are sorted as numbers, and only texts with the same ones are compared.
 */
export function textRanks(texts: readonly string[]): Uint32Array {
  const radix = new RadixOrder(texts.length);
  const keys = new Uint32Array(texts.length);
  const told = columnOf(Uint8Array, texts, toldCharacters);
  for (let from = CHARACTERS - KEY_CHARACTERS; from >= 0; from -= KEY_CHARACTERS) {
    let largest = 0;
    for (let text = 0; text < texts.length; text++) {
      let key = 0;
      for (let at = from; at < from + KEY_CHARACTERS; at++)
        key = key * (LAST + 1) + characterAt(texts[text], told[text], at);
      keys[text] = key;
      if (key > largest) largest = key;
    }
    radix.sortBy(keys, largest);
  }
  const { order } = radix;
  sortAlike(texts, told, order);
  let rank = 0;
  for (let place = 0; place < order.length; place++) {
    if (place > 0 && texts[order[place]] !== texts[order[place - 1]]) rank++;
    keys[order[place]] = rank;
  }
  return keys;
}

/** How many of a text's characters keys tell: those before the first one that is not ASCII, and that itself as such. */
function toldCharacters(text: string): number {
  const most = Math.min(text.length, CHARACTERS);
  let at = 0;
  while (at < most && text.charCodeAt(at) > 0 && text.charCodeAt(at) < LAST) at++;
  return at === text.length ? at | WHOLE : Math.min(at + 1, most);
}

/** A character as keys have it; 0 behind those that are told. */
function characterAt(text: string, told: number, at: number): number {
  return at < (told & ~WHOLE) ? Math.min(text.charCodeAt(at), LAST) : 0;
}

/** Puts those texts in order of which keys tell the same. */
function sortAlike(texts: readonly string[], told: Uint8Array, order: Uint32Array): void {
  const areAlike = (a: number, b: number): boolean => {
    if ((told[a] & told[b] & WHOLE) !== 0) return texts[a] === texts[b];
    for (let at = 0; at < CHARACTERS; at++)
      if (characterAt(texts[a], told[a], at) !== characterAt(texts[b], told[b], at)) return false;
    return true;
  };
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && areAlike(order[start], order[end])) end++;
    if (end - start > 1) {
      order.subarray(start, end).sort((a, b) => (texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : a - b));
    }
    start = end;
  }
}
