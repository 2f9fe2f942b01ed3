import { RadixOrder } from '../memory/radix.ts';
import { textRanks } from '../memory/text-ranks.ts';
import { readAddress, readWords } from './address.ts';

/** By byte: its place among all bytes as decimal texts, where 10 comes before 2. */
const BYTE_RANKS = textRanks(Array.from({ length: 256 }, (_, byte) => String(byte)));
const LARGEST_KEY = 0xffff_ffff;

/**
 * The same as `textRanks` of addresses: for each its place among all distinct ones in code-unit order. A flood has
 * millions of IPv4 addresses, whose texts have the order of numbers: a dot and the end come before every digit.
 */
export function addressRanks(texts: readonly string[]): Uint32Array {
  const ranks = new Uint32Array(texts.length);
  // Of those of IPv4, one behind the other: keys, where ranks come in the end, and numbers.
  const numbers = new Uint32Array(texts.length);
  const others: number[] = [];
  let dotted = 0;
  for (let number = 0; number < texts.length; number++) {
    if (texts[number].includes(':') || readAddress(texts[number]) !== 4) {
      others.push(number);
      continue;
    }
    ranks[dotted] = keyOf(readWords[0]);
    numbers[dotted++] = number;
  }
  const keys = ranks.slice(0, dotted);
  const { order } = sorted(keys, LARGEST_KEY);
  const otherRanks = textRanks(others.map((number) => texts[number]));
  const { order: otherOrder } = sorted(otherRanks, others.length);
  let rank = -1;
  for (let place = 0, otherPlace = 0; place < order.length || otherPlace < otherOrder.length;) {
    const [at, other] = [order[place], otherOrder[otherPlace]];
    const isDotted =
      otherPlace === otherOrder.length || (place < order.length && texts[numbers[at]] < texts[others[other]]);
    if (isDotted) {
      if (place === 0 || keys[at] !== keys[order[place - 1]]) rank++;
      ranks[numbers[at]] = rank;
      place++;
    } else {
      if (otherPlace === 0 || otherRanks[other] !== otherRanks[otherOrder[otherPlace - 1]]) rank++;
      ranks[others[other]] = rank;
      otherPlace++;
    }
  }
  return ranks;
}

function keyOf(word: number): number {
  const [first, second] = [BYTE_RANKS[word >>> 24], BYTE_RANKS[(word >>> 16) & 255]];
  return ((first << 24) | (second << 16) | (BYTE_RANKS[(word >>> 8) & 255] << 8) | BYTE_RANKS[word & 255]) >>> 0;
}

function sorted(keys: Uint32Array, largest: number): RadixOrder {
  const radix = new RadixOrder(keys.length);
  radix.sortBy(keys, largest);
  return radix;
}
