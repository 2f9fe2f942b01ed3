import { FIELD_NAMES, FIELDS } from './fields.ts';
import { displayNames } from './wireshark.ts';

/** More differences than these make another word of it. */
const MOST_DIFFERENCES = 2;
const LONGEST = 40;

/** The name of the field that a misspelled one is meant to be; null where none is near. */
export function nearestName(text: string): string | null {
  const word = text.toLowerCase();
  if (word.length > LONGEST) return null;
  let nearest: string | null = null;
  let least = Math.min(MOST_DIFFERENCES, Math.floor(word.length / 2)) + 1;
  const others = FIELD_NAMES.flatMap((field) => FIELDS[field].also ?? []);
  for (const name of [...FIELD_NAMES, ...others, ...displayNames()]) {
    const differences = distance(word, name);
    if (differences < least) {
      least = differences;
      nearest = name;
    }
  }
  return nearest;
}

/** Letters to put in, take out or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
