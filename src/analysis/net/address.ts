import { ipv4Text, ipv6Text } from './address-text.ts';

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

/**
 * An address to look up: as `readAddress` has it, and an IPv4-mapped one (section 2.5.5.2) as the IPv4 address it
 * stands for.
 */
export function parseAddress(text: string): IpAddress | null {
  const version = readAddress(text);
  if (version === 0) return null;
  const [w0, w1, w2, w3] = [words[0] >>> 0, words[1] >>> 0, words[2] >>> 0, words[3] >>> 0];
  if (version === 6 && w0 === 0 && w1 === 0 && w2 === MAPPED) return { version: 4, words: [w3, 0, 0, 0] };
  return { version, words: [w0, w1, w2, w3] };
}

/** An address as it is written here everywhere (see `ipv6Text`); null where the text is none. */
export function canonicalAddress(text: string): string | null {
  const version = readAddress(text);
  if (version === 0) return null;
  return version === 4 ? ipv4Text(words[0]) : ipv6Text(words, 0);
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

function readIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const head = groupsOf(halves[0], halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1], true) : [];
  if (head === null || tail === null) return false;
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return false;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  for (let word = 0; word < 4; word++) words[word] = (groups[2 * word] << 16) | groups[2 * word + 1];
  return true;
}

/** The 16-bit groups of one side of "::"; null where it is malformed. */
function groupsOf(text: string, last: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      if (!last || index !== parts.length - 1 || !readIpv4(part, 0)) return null;
      groups.push(words[0] >>> 16, words[0] & 0xffff);
    } else {
      if (!/^[\da-f]{1,4}$/i.test(part)) return null;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}
