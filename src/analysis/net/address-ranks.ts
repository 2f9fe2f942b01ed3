import { RadixOrder } from '../memory/radix.ts';
import { textRanks } from '../memory/text-ranks.ts';
import type { AddressList } from './address-list.ts';

/** By byte: its place among all bytes as decimal texts, where 10 comes before 2. */
const BYTE_RANKS = textRanks(Array.from({ length: 256 }, (_, byte) => String(byte)));
const LARGEST_KEY = 0xffff_ffff;

/**
 * The same as `textRanks` of the texts of addresses: for each its place among all distinct ones in code-unit order. A flood
 * has millions of IPv4 addresses, whose texts have the order of numbers: a dot and the end come before every digit.
 */
export function addressRanks(addresses: AddressList): Uint32Array {
  const ranks = new Uint32Array(addresses.length);
  // Of those of IPv4, one behind the other: keys, where ranks come in the end, and numbers. The others' stand at the end.
  const numbers = new Uint32Array(addresses.length);
  let dotted = 0;
  let firstOther = addresses.length;
  for (let number = 0; number < addresses.length; number++) {
    const word = addresses.ipv4(number);
    if (word === null) {
      numbers[--firstOther] = number;
      continue;
    }
    ranks[dotted] = keyOf(word);
    numbers[dotted++] = number;
  }
  const keys = ranks.slice(0, dotted);
  const { order } = sorted(keys, LARGEST_KEY);
  const others = numbers.subarray(firstOther);
  const otherTexts = Array.from({ length: others.length }, (_, place) => addresses.text(others[place]));
  const otherRanks = textRanks(otherTexts);
  const { order: otherOrder } = sorted(otherRanks, others.length);
  let rank = -1;
  let place = 0;
  const rankDotted = (end: number): void => {
    for (; place < end; place++) {
      const at = order[place];
      if (place === 0 || keys[at] !== keys[order[place - 1]]) rank++;
      ranks[numbers[at]] = rank;
    }
  };
  otherOrder.forEach((other, otherPlace) => {
    const isBefore = (at: number): boolean => addresses.text(numbers[order[at]]) < otherTexts[other];
    rankDotted(firstNot(isBefore, place, order.length));
    if (otherPlace === 0 || otherRanks[other] !== otherRanks[otherOrder[otherPlace - 1]]) rank++;
    ranks[others[other]] = rank;
  });
  rankDotted(order.length);
  return ranks;
}

/** The first place from `start` on that something is not true of, where it is of all before; `end` for none. */
function firstNot(isSo: (place: number) => boolean, start: number, end: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
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
