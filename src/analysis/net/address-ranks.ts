import { RadixOrder } from '../memory/radix.ts';
import { textRanks } from '../memory/text-ranks.ts';
import type { AddressList } from './address-list.ts';
import { writtenCharacters } from './address-text.ts';

/** By byte: its place among all bytes as decimal texts, where 10 comes before 2. */
const BYTE_RANKS = textRanks(Array.from({ length: 256 }, (_, byte) => String(byte)));
const LARGEST_KEY = 0xffff_ffff;

/** By character of an address: its place among those that addresses have, from 1; nothing stands behind the end. */
const CHARACTERS = '.0123456789:abcdef';
const SYMBOLS = Uint8Array.from({ length: 128 }, (_, code) => CHARACTERS.indexOf(String.fromCharCode(code)) + 1);
const SYMBOL_BITS = 5;
const KEY_SYMBOLS = 6;
/** Keys that hold the longest address, of 45 characters. */
const KEYS = 8;

/**
 * The same as `textRanks` of the texts of addresses: for each its place among all distinct ones in code-unit order. A flood
 * has millions, which are put in order as numbers: their texts are made where there are different kinds of them.
 */
export function addressRanks(addresses: AddressList): Uint32Array {
  const textOf = (number: number): string => addresses.text(number);
  const canonical = merged(ipv4InOrder(addresses), ipv6InOrder(addresses), textOf);
  const ordered = merged(canonical, othersInOrder(addresses), textOf);
  const ranks = new Uint32Array(addresses.length);
  let rank = 0;
  for (let place = 0; place < ordered.length; place++) {
    if (place > 0 && !addresses.areSame(ordered[place], ordered[place - 1])) rank++;
    ranks[ordered[place]] = rank;
  }
  return ranks;
}

/** Texts of IPv4 addresses have the order of numbers: a dot and the end come before every digit. */
function ipv4InOrder(addresses: AddressList): Uint32Array {
  const numbers = addresses.ofVersion(4);
  const radix = new RadixOrder(numbers.length);
  radix.sortBy(
    numbers.map((number) => dottedKey(addresses.ipv4(number)!)),
    LARGEST_KEY,
  );
  return inOrder(numbers, radix);
}

function dottedKey(word: number): number {
  const [first, second] = [BYTE_RANKS[word >>> 24], BYTE_RANKS[(word >>> 16) & 255]];
  return ((first << 24) | (second << 16) | (BYTE_RANKS[(word >>> 8) & 255] << 8) | BYTE_RANKS[word & 255]) >>> 0;
}

function ipv6InOrder(addresses: AddressList): Uint32Array {
  const numbers = addresses.ofVersion(6);
  const keys = Array.from({ length: KEYS }, () => new Uint32Array(numbers.length));
  for (let place = 0; place < numbers.length; place++) {
    const length = addresses.write(numbers[place]);
    for (let at = 0, key = 0; at < length; key++) {
      let symbols = 0;
      for (let left = KEY_SYMBOLS; left > 0; left--, at++)
        symbols = (symbols << SYMBOL_BITS) | (at < length ? SYMBOLS[writtenCharacters[at]] : 0);
      keys[key][place] = symbols;
    }
  }
  const radix = new RadixOrder(numbers.length);
  for (const key of keys.toReversed()) radix.sortBy(key, largestOf(key));
  return inOrder(numbers, radix);
}

function largestOf(keys: Uint32Array): number {
  let largest = 0;
  for (const key of keys) if (key > largest) largest = key;
  return largest;
}

/** What is no address, or is not written as one is here. */
function othersInOrder(addresses: AddressList): Uint32Array {
  const numbers = addresses.ofVersion(0);
  const radix = new RadixOrder(numbers.length);
  radix.sortBy(textRanks(Array.from(numbers, (number) => addresses.text(number))), numbers.length);
  return inOrder(numbers, radix);
}

function inOrder(numbers: Uint32Array, { order }: RadixOrder): Uint32Array {
  for (let place = 0; place < order.length; place++) order[place] = numbers[order[place]];
  return order;
}

/** Two ordered parts as one. */
function merged(some: Uint32Array, others: Uint32Array, textOf: (number: number) => string): Uint32Array {
  if (some.length === 0 || others.length === 0) return others.length === 0 ? some : others;
  const all = new Uint32Array(some.length + others.length);
  let other = 0;
  let otherText = textOf(others[0]);
  let place = 0;
  for (const number of some) {
    const text = textOf(number);
    while (other < others.length && otherText < text) {
      all[place++] = others[other++];
      if (other < others.length) otherText = textOf(others[other]);
    }
    all[place++] = number;
  }
  all.set(others.subarray(other), place);
  return all;
}
