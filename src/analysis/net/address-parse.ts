import { ipv4Text, ipv6Text } from './address-text.ts';

const words = new Int32Array(4);

/** What "." and the text's end are among digits. */
const DOT = 0x2e - 0x30;
const END = -100;

/** The address that `parseAddress` read last, as four 32-bit words; an IPv4 address is the first, the others are 0. */
export const parsedWords: Readonly<Int32Array> = words;

/**
 * Reads an address from text into `parsedWords`: IPv4 as four decimal numbers, IPv6 in any of the forms of RFC 4291
 * section 2.2, a zone behind `%` left out. Returns 4, 6, or 0 where the text is no address.
 */
export function parseAddress(text: string): 0 | 4 | 6 {
  words.fill(0);
  if (!text.includes(':')) return parseIpv4(text, 0, text.length, 0) ? 4 : 0;
  const zone = text.indexOf('%');
  return parseIpv6(zone < 0 ? text : text.slice(0, zone)) ? 6 : 0;
}

/** Reads `text[start, end)` as an IPv4 address into one word. */
function parseIpv4(text: string, start: number, end: number, at: number): boolean {
  let address = 0;
  let octet = -1;
  let octets = 0;
  for (let i = start; i <= end; i++) {
    const digit = i < end ? text.charCodeAt(i) - 0x30 : END;
    if (digit >= 0 && digit <= 9) {
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

function parseIpv6(text: string): boolean {
  if (text.length > 45) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const head = groupsOf(halves[0]);
  const tail = halves.length === 2 ? groupsOf(halves[1]) : [];
  if (head === null || tail === null) return false;
  const given = head.length + tail.length;
  if (halves.length === 2 ? given > 7 : given !== 8) return false;
  const groups = [...head, ...Array.from({ length: 8 - given }, () => 0), ...tail];
  for (let word = 0; word < 4; word++) words[word] = (groups[2 * word] << 16) | groups[2 * word + 1];
  return true;
}

/** The 16-bit groups of one side of "::"; null where it is malformed. */
function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part.includes('.')) {
      if (index !== parts.length - 1 || !parseIpv4(part, 0, part.length, 0)) return null;
      groups.push(words[0] >>> 16, words[0] & 0xffff);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return null;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}

/** An address as it is written here everywhere (see `ipv6Text`); null where the text is none. */
export function canonicalAddress(text: string): string | null {
  const version = parseAddress(text);
  if (version === 0) return null;
  return version === 4 ? ipv4Text(words[0]) : ipv6Text(words, 0);
}
