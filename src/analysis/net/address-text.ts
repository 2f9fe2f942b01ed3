import { textOfBytes } from '../memory/words.ts';

/** Four bytes of an address as a signed number, highest first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

const DOT = 0x2e;
const ZERO = 0x30;
/** The characters of the address that is being written: three digits and a dot for each byte, but for the last dot. */
const characters = new Uint8Array(15);

/**
 * An IPv4 address, dotted; `word` holds its four bytes, highest first. Put together of pieces, it would take twice the
 * memory: a text of the pieces that are behind it.
 */
export function ipv4Text(word: number): string {
  let length = 0;
  for (let shift = 24; shift >= 0; shift -= 8) {
    const byte = (word >>> shift) & 255;
    if (byte >= 100) characters[length++] = ZERO + Math.floor(byte / 100);
    if (byte >= 10) characters[length++] = ZERO + (Math.floor(byte / 10) % 10);
    characters[length++] = ZERO + (byte % 10);
    if (shift > 0) characters[length++] = DOT;
  }
  return textOfBytes(characters, 0, length);
}

/**
 * An IPv6 address as RFC 5952 has it, from four 32-bit words: lower case, the longest run of two or more zero groups
 * (the first of equals) as "::", and the last 32 bits dotted in IPv4-mapped and IPv4-compatible addresses.
 */
export function ipv6Text(words: ArrayLike<number>, at: number): string {
  const groups: number[] = [];
  for (let i = 0; i < 4; i++) groups.push(words[at + i] >>> 16, words[at + i] & 0xffff);
  const run = longestZeroRun(groups);
  const dotted = run.start === 0 && (run.length === 6 || (run.length === 5 && groups[5] === 0xffff));
  const parts = groups.map((group) => group.toString(16));
  if (dotted) parts.splice(6, 2, ipv4Text(words[at + 3]));
  if (run.length < 2) return parts.join(':');
  return `${parts.slice(0, run.start).join(':')}::${parts.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  const best = { start: -1, length: 0 };
  let start = 0;
  for (let i = 0; i <= groups.length; i++) {
    if (i < groups.length && groups[i] === 0) continue;
    if (i - start > best.length) {
      best.start = start;
      best.length = i - start;
    }
    start = i + 1;
  }
  return best;
}
