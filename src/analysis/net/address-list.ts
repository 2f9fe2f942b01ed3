import { keyed } from '../memory/hash.ts';
import { addressText, writeAddress } from './address-text.ts';
import { type IpAddress, ipv4Of, parseAddress, readAddress, readWords, unmapped } from './address.ts';

/** Numbers that an address is kept in: four 32-bit words, and the IP version. An IPv4 address is its first word. */
export const ADDRESS_STRIDE = 5;

/** Version of what is no address, or is not written as one is here: the first word is its place among those texts. */
const AS_WRITTEN = 0;

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
  private readonly words: Int32Array;
  private readonly written: readonly string[];

  /** @param words `ADDRESS_STRIDE` numbers for each */
  constructor(words: Int32Array, written: readonly string[] = []) {
    this.length = words.length / ADDRESS_STRIDE;
    this.words = words;
    this.written = written;
  }

  /** Ends that are given as text; each text comes out as it went in. */
  static of(texts: readonly string[]): AddressList {
    return new AddressList(new Int32Array(0)).with(texts);
  }

  /** These and others behind them. */
  with(texts: readonly string[]): AddressList {
    const words = new Int32Array((this.length + texts.length) * ADDRESS_STRIDE);
    words.set(this.words);
    const written = [...this.written];
    texts.forEach((text, place) => {
      const at = (this.length + place) * ADDRESS_STRIDE;
      const version = readAddress(text);
      words.set(readWords, at);
      words[at + 4] = version;
      if (version !== AS_WRITTEN && addressText(version, words, at) === text) return;
      words[at] = written.push(text) - 1;
      words.fill(0, at + 1, at + ADDRESS_STRIDE);
    });
    return new AddressList(words, written);
  }

  /** The text of an end. */
  text(number: number): string {
    const at = number * ADDRESS_STRIDE;
    return this.words[at + 4] === AS_WRITTEN
      ? this.written[this.words[at]]
      : addressText(this.words[at + 4], this.words, at);
  }

  /** The numbers of some texts, of those that are among these. Few are asked for as a rule, and a flood has millions. */
  numbersOf(wanted: TextSet): Map<string, number> {
    const numbers = new Map<string, number>();
    if (wanted.size === 0) return numbers;
    const sums = new Set<number>();
    for (const text of wanted.keys()) if (readAddress(text) !== 0) sums.add(keyed(sumOf(readWords, 0)));
    for (let number = 0; number < this.length; number++) {
      const at = number * ADDRESS_STRIDE;
      if (this.words[at + 4] !== AS_WRITTEN && !sums.has(keyed(sumOf(this.words, at)))) continue;
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
    const { words } = this;
    const at = number * ADDRESS_STRIDE;
    if (words[at + 4] === 4) return ipv4Of(words[at]);
    return words[at + 4] === AS_WRITTEN ? parseAddress(this.written[words[at]]) : unmapped(words, at);
  }

  /** The numbers of the addresses of an IP version; for 0 of what is none, or is not written as one is here. */
  ofVersion(version: 0 | 4 | 6): Uint32Array {
    const isOne = (number: number): boolean => this.words[number * ADDRESS_STRIDE + 4] === version;
    let count = 0;
    for (let number = 0; number < this.length; number++) if (isOne(number)) count++;
    const numbers = new Uint32Array(count);
    for (let number = this.length - 1; count > 0; number--) if (isOne(number)) numbers[--count] = number;
    return numbers;
  }

  /** Whether two have the same text. */
  areSame(number: number, other: number): boolean {
    const { words } = this;
    const [at, otherAt] = [number * ADDRESS_STRIDE, other * ADDRESS_STRIDE];
    if (words[at + 4] === AS_WRITTEN)
      return words[otherAt + 4] === AS_WRITTEN && this.text(number) === this.text(other);
    for (let word = 0; word < ADDRESS_STRIDE; word++) if (words[at + word] !== words[otherAt + word]) return false;
    return true;
  }

  /** Writes the text of an address into `writtenCharacters`, and gives its length. */
  write(number: number): number {
    const at = number * ADDRESS_STRIDE;
    return writeAddress(this.words[at + 4], this.words, at);
  }

  /** The IPv4 address of an end as a signed word; null where it is something else. */
  ipv4(number: number): number | null {
    const at = number * ADDRESS_STRIDE;
    return this.words[at + 4] === 4 ? this.words[at] : null;
  }
}

/** The same for the same addresses, and hardly for others. */
function sumOf(words: ArrayLike<number>, at: number): number {
  return words[at] ^ words[at + 1] ^ words[at + 2] ^ words[at + 3];
}
