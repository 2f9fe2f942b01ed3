/** An IP address as numbers. An IPv4 address, also a mapped one (RFC 4291, section 2.5.5.2), is its first word; the others are 0. */
export interface IpAddress {
  version: 4 | 6;
  /** Unsigned 32-bit words, highest first. */
  words: readonly [number, number, number, number];
}

/** The longest text of an IPv6 address: six groups and a dotted end. */
const LONGEST = 45;
const GROUPS = 8;
const MAPPED = 0xffff;

/** An address out of its text (RFC 4291, section 2.2; dotted IPv4 without leading zeros); null for anything else, zones too. */
export function parseAddress(text: string): IpAddress | null {
  if (text.length > LONGEST) return null;
  if (!text.includes(':')) {
    const word = parseDotted(text);
    return word === null ? null : { version: 4, words: [word, 0, 0, 0] };
  }
  const groups = parseGroups(text);
  if (groups === null) return null;
  const word = (at: number): number => groups[at] * 0x1_00_00 + groups[at + 1];
  const words: IpAddress['words'] = [word(0), word(2), word(4), word(6)];
  if (words[0] === 0 && words[1] === 0 && words[2] === MAPPED) return { version: 4, words: [words[3], 0, 0, 0] };
  return { version: 6, words };
}

function parseDotted(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let word = 0;
  for (const part of parts) {
    // A leading zero means octal to some readers and decimal to others.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    word = word * 256 + Number(part);
  }
  return word;
}

function parseGroups(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0], halves.length === 1);
  const tail = halves.length === 1 ? [] : groupsOf(halves[1], true);
  if (head === null || tail === null) return null;
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** The groups on one side of "::"; only the last part of an address may be dotted. */
function groupsOf(text: string, last: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const word = last && index === parts.length - 1 ? parseDotted(part) : null;
      if (word === null) return null;
      groups.push(word >>> 16, word & 0xffff);
    } else {
      if (!/^[\da-f]{1,4}$/i.test(part)) return null;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}
