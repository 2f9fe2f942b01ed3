import type { nameWords } from '../analysis/flows/name-sources.ts';

/** A phrase as a sentence: its first letter large, a full stop behind it. */
export function asSentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

/**
 * An address behind its name, where it has one ('' for none) that says more than itself, or before a name that is not its
 * own, with the words for that.
 */
export function addressWithName(address: string, name: string, words: ReturnType<typeof nameWords> = ''): string {
  if (words !== '') return `${address} (${words} ${name})`;
  return name === '' || name === address ? address : `${name} (${address})`;
}

/** "1 flow", "2 flows". */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
