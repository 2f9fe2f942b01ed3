import { describe, expect, it } from 'vitest';
import { keyed, mix, mixOther, steadyMix } from '../../../../src/analysis/memory/hash.ts';
import { seededRandom } from '../../../builders/random.ts';

/** Inverse of an odd number among those of 32 bits. */
function inverse(odd: number): number {
  let found = odd;
  for (let step = 0; step < 5; step++) found = Math.imul(found, 2 - Math.imul(odd, found));
  return found;
}

/** The word that brings the unkeyed hash from one value to another: what an attacker would work out. */
function wordBetween(from: number, to: number): number {
  const unfolded = to ^ (to >>> 15) ^ (to >>> 30);
  return Math.imul(inverse(0x9e37_79b1), from ^ Math.imul(inverse(0x85eb_ca6b), unfolded));
}

/** Steps that entering keys of these hashes into a table half full takes, probing linearly. */
function probes(hashes: readonly number[]): number {
  const slots = new Uint8Array(1 << (33 - Math.clz32(hashes.length)));
  let steps = 0;
  for (const hash of hashes) {
    let slot = hash & (slots.length - 1);
    for (steps++; slots[slot] === 1; steps++) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = 1;
  }
  return steps;
}

const KEYS: [name: string, keys: (count: number) => [number, number][]][] = [
  [
    'meet in one slot of an unkeyed table',
    (count) => Array.from({ length: count }, (_, first) => [first, wordBetween(steadyMix(0, first), 0x1234_5678)]),
  ],
  ['count up in the upper bits', (count) => Array.from({ length: count }, (_, index) => [index << 16, 0])],
  ['count up in the last word', (count) => Array.from({ length: count }, (_, index) => [0x0a00_0001, index])],
  ['differ by the highest bits of both words', (count) => Array.from({ length: count }, (_, index) => highBits(index))],
];

function highBits(index: number): [number, number] {
  return [(index & 0xff) << 24, (index >>> 8) << 20];
}

describe('the keyed hash', () => {
  it('stands before the keys that an attacker makes for the unkeyed one', () => {
    const [, made] = KEYS[0];
    const hashes = made(500).map(([first, second]) => steadyMix(steadyMix(0, first), second));
    expect(new Set(hashes).size).toBe(1);
  });

  for (const [name, keys] of KEYS) {
    for (const step of [mix, mixOther]) {
      it(`spreads keys that ${name} (${step.name})`, () => {
        const work = [4000, 8000].map((count) => {
          return probes(keys(count).map(([first, second]) => step(step(0, first), second)));
        });
        expect(work[0]).toBeLessThan(10 * 4000);
        expect(work[1]).toBeLessThan(10 * 8000);
      });
    }
  }

  it('gives two halves that do not depend on each other', () => {
    const random = seededRandom(7);
    const pairs = new Set<string>();
    const firsts = new Set<number>();
    for (let index = 0; index < 20_000; index++) {
      const word = random.integer(0, 2 ** 32 - 1);
      firsts.add(mix(0, word) & 0xff);
      pairs.add(`${mix(0, word) & 0xff} ${mixOther(0, word) & 0xff}`);
    }
    expect(firsts.size).toBe(256);
    expect(pairs.size).toBeGreaterThan(15_000);
  });
});

describe('a keyed number', () => {
  it('stands for one number alone, and tells it again', () => {
    const random = seededRandom(3);
    const numbers = Array.from({ length: 10_000 }, () => random.integer(0, 2 ** 53 - 1));
    for (const number of [0, 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, ...numbers]) {
      expect(Number.isSafeInteger(keyed(number)) && keyed(number) >= 0).toBe(true);
      expect(keyed(keyed(number))).toBe(number);
    }
  });

  it('is another than the number', () => {
    expect([1, 2, 3, 4].map(keyed)).not.toEqual([1, 2, 3, 4]);
  });
});

it('what keys hashes is another in every run, for every hash', async () => {
  const path = '../../../../src/analysis/memory/hash.ts';
  const again = (await import(`${path}?as-in-another-run`)) as { [name: string]: (...values: number[]) => number };
  const words = [1, 2, 3, 0x0a00_0001];
  expect(words.map((word) => again['mix'](7, word))).not.toEqual(words.map((word) => mix(7, word)));
  expect(words.map((word) => again['mixOther'](7, word))).not.toEqual(words.map((word) => mixOther(7, word)));
  expect(words.map((word) => again['keyed'](word))).not.toEqual(words.map(keyed));
  // What is sampled and numbered is the same.
  expect(words.map((word) => again['steadyMix'](7, word))).toEqual(words.map((word) => steadyMix(7, word)));
});
