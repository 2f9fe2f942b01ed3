import { keyed } from '../memory/hash.ts';
import { textOfBytes } from '../memory/words.ts';
import { addressText, writeAddress, writtenCharacters } from './address-text.ts';
import { type IpAddress, ipv4Of, parseAddress, readAddress, readWords, unmapped } from './address.ts';

/** Version of what is no address, or is not written as one is here. */
const AS_WRITTEN = 0;

/** Words of an address of IPv6. */
export const LONG_WORDS = 4;

/** Addresses by number, in five bytes for one of IPv4: floods have millions. */
export interface PackedAddresses {
  /** IP versions, and `AS_WRITTEN`. */
  versions: Uint8Array;
  /** The word of an IPv4 address, the place in `long` of an IPv6 one, or a place among texts. */
  heads: Int32Array;
  /** The words of IPv6 addresses, four for each. */
  long: Int32Array;
}

/** A `Set` of texts, or a `Map` by texts. */
interface TextSet {
  readonly size: number;
  has: (text: string) => boolean;
  keys: () => Iterable<string>;
}

/**
 * The ends of flows by number: addresses as numbers, whose text is made when somebody asks for it, since floods have
 * millions; and what is no address, as written: hosts that proxies are asked for by name.
 */
export class AddressList {
  readonly length: number;
  private readonly packed: PackedAddresses;
  private readonly written: readonly string[];

  constructor(packed: PackedAddresses, written: readonly string[] = []) {
    this.length = packed.heads.length;
    this.packed = packed;
    this.written = written;
  }

  /** Ends that are given as text; each text comes out as it went in. */
  static of(texts: readonly string[]): AddressList {
    const none = { versions: new Uint8Array(0), heads: new Int32Array(0), long: new Int32Array(0) };
    return new AddressList(none).with(texts);
  }

  /** These and others behind them. */
  with(texts: readonly string[]): AddressList {
    const length = this.length + texts.length;
    const [versions, heads] = [new Uint8Array(length), new Int32Array(length)];
    const long = new Int32Array(this.packed.long.length + texts.length * LONG_WORDS);
    versions.set(this.packed.versions);
    heads.set(this.packed.heads);
    long.set(this.packed.long);
    const written = [...this.written];
    let longLength = this.packed.long.length;
    texts.forEach((text, place) => {
      const number = this.length + place;
      const version = readAddress(text);
      if (version === AS_WRITTEN || addressText(version, readWords, 0) !== text) {
        heads[number] = written.push(text) - 1;
        return;
      }
      versions[number] = version;
      heads[number] = version === 4 ? readWords[0] : longLength;
      if (version === 4) return;
      long.set(readWords, longLength);
      longLength += LONG_WORDS;
    });
    return new AddressList({ versions, heads, long: long.slice(0, longLength) }, written);
  }

  /** The text of an end. */
  text(number: number): string {
    const { versions, heads } = this.packed;
    if (versions[number] === AS_WRITTEN) return this.written[heads[number]];
    return textOfBytes(writtenCharacters, 0, this.write(number));
  }

  /** The numbers of some texts, of those that are among these. Few are asked for as a rule, and a flood has millions. */
  numbersOf(wanted: TextSet): Map<string, number> {
    const numbers = new Map<string, number>();
    if (wanted.size === 0) return numbers;
    const sums = new Set<number>();
    for (const text of wanted.keys()) if (readAddress(text) !== 0) sums.add(keyed(sumOf(readWords, 0)));
    const { versions, heads, long } = this.packed;
    for (let number = 0; number < this.length; number++) {
      const version = versions[number];
      const sum = version === 4 ? heads[number] : sumOf(long, heads[number]);
      if (version !== AS_WRITTEN && !sums.has(keyed(sum))) continue;
      const text = this.text(number);
      if (wanted.has(text)) numbers.set(text, number);
    }
    return numbers;
  }

  /** All of them as text. */
  texts(): string[] {
    return Array.from({ length: this.length }, (_, number) => this.text(number));
  }

  /** The address of an end as one looks it up: an IPv4-mapped one as IPv4; null where it is none. */
  address(number: number): IpAddress | null {
    const { versions, heads, long } = this.packed;
    if (versions[number] === 4) return ipv4Of(heads[number]);
    return versions[number] === AS_WRITTEN ? parseAddress(this.written[heads[number]]) : unmapped(long, heads[number]);
  }

  /** The numbers of the addresses of an IP version; for 0 of what is none, or is not written as one is here. */
  ofVersion(version: 0 | 4 | 6): Uint32Array {
    const { versions } = this.packed;
    let count = 0;
    for (const own of versions) if (own === version) count++;
    const numbers = new Uint32Array(count);
    for (let number = this.length - 1; count > 0; number--) if (versions[number] === version) numbers[--count] = number;
    return numbers;
  }

  /** Whether two have the same text. */
  areSame(number: number, other: number): boolean {
    const { versions, heads, long } = this.packed;
    if (versions[number] !== versions[other]) return false;
    if (versions[number] === 4) return heads[number] === heads[other];
    if (versions[number] === AS_WRITTEN) return this.text(number) === this.text(other);
    const [at, otherAt] = [heads[number], heads[other]];
    for (let word = 0; word < LONG_WORDS; word++) if (long[at + word] !== long[otherAt + word]) return false;
    return true;
  }

  /** Writes the text of an address into `writtenCharacters`, and gives its length. */
  write(number: number): number {
    const { versions, heads, long } = this.packed;
    return versions[number] === 4 ? writeAddress(4, heads, number) : writeAddress(6, long, heads[number]);
  }

  /** The IPv4 address of an end as a signed word; null where it is something else. */
  ipv4(number: number): number | null {
    return this.packed.versions[number] === 4 ? this.packed.heads[number] : null;
  }
}

/** The same for the same addresses, and hardly for others. */
function sumOf(words: ArrayLike<number>, at: number): number {
  return words[at] ^ words[at + 1] ^ words[at + 2] ^ words[at + 3];
}
