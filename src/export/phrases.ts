/** A phrase as a sentence: its first letter large, a full stop behind it. */
export function asSentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

/**
 * An address behind its name, where it has one ('' for none) that says more than itself; a server of names before what it
 * was asked for.
 */
export function addressWithName(address: string, name: string, isAsked = false): string {
  if (isAsked) return `${address} (asked for ${name})`;
  return name === '' || name === address ? address : `${name} (${address})`;
}

/** "1 flow", "2 flows". */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
