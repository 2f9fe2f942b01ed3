import { addressText } from './address-text.ts';

/** An IP address as numbers. An IPv4 address is its first word; the others are 0. */
export interface IpAddress {
  version: 4 | 6;
  /** Unsigned 32-bit words, highest first. */
  words: readonly [number, number, number, number];
}

const words = new Int32Array(4);

/** What `readAddress` read last, as four 32-bit words; an IPv4 address is the first, the others are 0. */
export const readWords: Readonly<Int32Array> = words;

/** The longest text of an IPv6 address: six groups and a dotted end. */
const LONGEST = 45;
const GROUPS = 8;
const GROUP_DIGITS = 4;
const COLON = 0x3a;
const FULL_STOP = 0x2e;
const MAPPED = 0xffff;

/** What "." and the text's end are among digits. */
const DOT = 0x2e - 0x30;
const END = -100;

/**
 * Reads an address from text into `readWords` (RFC 4291, section 2.2; dotted IPv4 without leading zeros, which mean
 * octal to some readers; only the last part of an IPv6 address may be dotted). An IPv4-mapped address is an IPv6
 * address here. Returns 4, 6, or 0 where the text is no address, as with a zone behind it.
 */
export function readAddress(text: string): 0 | 4 | 6 {
  words.fill(0);
  if (text.length > LONGEST) return 0;
  if (!text.includes(':')) return readIpv4(text, 0) ? 4 : 0;
  return readIpv6(text) ? 6 : 0;
}

/** An address to look up; null where the text is none. */
export function parseAddress(text: string): IpAddress | null {
  const version = readAddress(text);
  if (version === 0) return null;
  return version === 4 ? ipv4Of(words[0]) : unmapped(words, 0);
}

/** An IPv4 address, given as a word. */
export function ipv4Of(word: number): IpAddress {
  return { version: 4, words: [word >>> 0, 0, 0, 0] };
}

/**
 * An IPv6 address to look up, from four words: an IPv4-mapped one (section 2.5.5.2) is the IPv4 address it stands for.
 */
export function unmapped(from: ArrayLike<number>, at: number): IpAddress {
  const [w0, w1, w2, w3] = [from[at] >>> 0, from[at + 1] >>> 0, from[at + 2] >>> 0, from[at + 3] >>> 0];
  return w0 === 0 && w1 === 0 && w2 === MAPPED ? ipv4Of(w3) : { version: 6, words: [w0, w1, w2, w3] };
}

/** An address as it is written here everywhere (see `ipv6Text`); null where the text is none. */
export function canonicalAddress(text: string): string | null {
  const version = readAddress(text);
  return version === 0 ? null : addressText(version, words, 0);
}

/** The text without the zone that IPv6 addresses of one link have behind "%" (RFC 4007, section 11). */
export function withoutZone(text: string): string {
  const zone = text.indexOf('%');
  return zone < 0 ? text : text.slice(0, zone);
}

/** Reads a dotted address into one word. */
function readIpv4(text: string, at: number): boolean {
  let address = 0;
  let octet = -1;
  let octets = 0;
  for (let i = 0; i <= text.length; i++) {
    const digit = i < text.length ? text.charCodeAt(i) - 0x30 : END;
    if (digit >= 0 && digit <= 9) {
      if (octet === 0) return false;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return false;
    } else {
      if (octet < 0 || (digit !== DOT && digit !== END)) return false;
      address = (address << 8) | octet;
      octets++;
      octet = -1;
    }
  }
  words[at] = address;
  return octets === 4;
}

/** The 16-bit groups of the address that is being read, without those that "::" stands for. */
const groups = new Uint16Array(GROUPS);

function readIpv6(text: string): boolean {
  const { length } = text;
  let count = 0;
  let at = 0;
  /** The group that "::" stands before, -1 without one. */
  let gap = -1;
  if (text.startsWith('::')) {
    gap = 0;
    at = 2;
  }
  while (at < length) {
    const start = at;
    let group = 0;
    for (let digit = hexDigitAt(text, at); digit >= 0; digit = hexDigitAt(text, ++at)) group = (group << 4) | digit;
    if (text.charCodeAt(at) === FULL_STOP) {
      if (count > GROUPS - 2 || !readIpv4(text.slice(start), 0)) return false;
      groups[count++] = words[0] >>> 16;
      groups[count++] = words[0] & 0xffff;
      break;
    }
    if (at === start || at - start > GROUP_DIGITS || count === GROUPS) return false;
    groups[count++] = group;
    if (at === length) break;
    if (text.charCodeAt(at) !== COLON || ++at === length) return false;
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return false;
      gap = count;
      at++;
    }
  }
  const missing = GROUPS - count;
  if (gap < 0 ? missing !== 0 : missing < 1) return false;
  const groupAt = (place: number): number =>
    gap < 0 || place < gap ? groups[place] : place < gap + missing ? 0 : groups[place - missing];
  for (let word = 0; word < 4; word++) words[word] = (groupAt(2 * word) << 16) | groupAt(2 * word + 1);
  return true;
}

/** The value of a hexadecimal digit, -1 for anything else and behind the text's end. */
function hexDigitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}
