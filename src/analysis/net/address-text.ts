import { textOfBytes } from '../memory/words.ts';

/** Four bytes of an address as a signed number, highest first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

const DOT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;
/** What stands before "a" as ten does before the digits. */
const BEFORE_A = 0x61 - 10;
const GROUPS = 8;
/**
 * The characters of the address that is being written: eight groups of four digits, or six of those and four of three, with
 * what is between them. Put together of pieces, a text would take twice the memory: it keeps the pieces that are behind it.
 */
const characters = new Uint8Array(45);
/** What `writeAddress` wrote last. */
export const writtenCharacters: Readonly<Uint8Array> = characters;
/** The groups of that address, of 16 bits each. */
const groups = new Uint16Array(GROUPS);

/** An IPv4 address, dotted; `word` holds its four bytes, highest first. */
export function ipv4Text(word: number): string {
  return textOfBytes(characters, 0, writeIpv4(word, 0));
}

/** Writes an IPv4 address from a place on, and gives the place behind it. */
function writeIpv4(word: number, at: number): number {
  let end = at;
  for (let shift = 24; shift >= 0; shift -= 8) {
    const byte = (word >>> shift) & 255;
    if (byte >= 100) characters[end++] = ZERO + Math.floor(byte / 100);
    if (byte >= 10) characters[end++] = ZERO + (Math.floor(byte / 10) % 10);
    characters[end++] = ZERO + (byte % 10);
    if (shift > 0) characters[end++] = DOT;
  }
  return end;
}

/** Writes the text of an address, given as four 32-bit words, into `writtenCharacters`, and gives its length. */
export function writeAddress(version: number, words: ArrayLike<number>, at: number): number {
  return version === 4 ? writeIpv4(words[at], 0) : writeIpv6(words, at);
}

/** The text of an address, given as four 32-bit words; an IPv4 address is the first. */
export function addressText(version: number, words: ArrayLike<number>, at: number): string {
  return textOfBytes(characters, 0, writeAddress(version, words, at));
}

/** The text of an address as its 4 or 16 bytes lie in a packet. */
export function addressTextAt(bytes: Uint8Array, at: number, version: number): string {
  if (version === 4) return ipv4Text(wordAt(bytes, at));
  return ipv6Text([wordAt(bytes, at), wordAt(bytes, at + 4), wordAt(bytes, at + 8), wordAt(bytes, at + 12)], 0);
}

/**
 * An IPv6 address as RFC 5952 has it, from four 32-bit words: lower case, the longest run of two or more zero groups
 * (the first of equals) as "::", and the last 32 bits dotted in IPv4-mapped and IPv4-compatible addresses.
 */
export function ipv6Text(words: ArrayLike<number>, at: number): string {
  return textOfBytes(characters, 0, writeIpv6(words, at));
}

function writeIpv6(words: ArrayLike<number>, at: number): number {
  for (let word = 0; word < 4; word++) {
    groups[2 * word] = words[at + word] >>> 16;
    groups[2 * word + 1] = words[at + word] & 0xffff;
  }
  const start = longestZeroRun();
  const length = zerosFrom(start);
  const isDotted = start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff));
  let end = 0;
  for (let group = 0; group < GROUPS; group++) {
    if (group === start && length > 1) {
      characters[end++] = COLON;
      if (group === 0) characters[end++] = COLON;
      group += length - 1;
      continue;
    }
    if (isDotted && group === 6) return writeIpv4(words[at + 3], end);
    end = writeGroup(groups[group], end);
    if (group < GROUPS - 1) characters[end++] = COLON;
  }
  return end;
}

function writeGroup(group: number, at: number): number {
  let end = at;
  for (let shift = 12; shift >= 0; shift -= 4) {
    if (group < 1 << shift && shift > 0) continue;
    const digit = (group >>> shift) & 15;
    characters[end++] = digit + (digit < 10 ? ZERO : BEFORE_A);
  }
  return end;
}

/** The first group of the longest run of zeros, 0 without one. */
function longestZeroRun(): number {
  let longest = 0;
  for (let group = 1; group < GROUPS; group++) if (zerosFrom(group) > zerosFrom(longest)) longest = group;
  return longest;
}

function zerosFrom(group: number): number {
  let end = group;
  while (end < GROUPS && groups[end] === 0) end++;
  return end - group;
}
