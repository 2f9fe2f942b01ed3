import { expect, it } from 'vitest';
import { unpackSnappy } from '../../../src/decompress/snappy.ts';

function unpacked(length: number, ...packed: number[]): number[] {
  const out = new Uint8Array(length);
  unpackSnappy(Uint8Array.from(packed), out);
  return [...out];
}

it('unpacks literals and copies of every width', () => {
  expect(unpacked(3, 3, 2 << 2, 7, 8, 9)).toEqual([7, 8, 9]);
  // A copy of four bytes that overlaps itself, by one byte and by two.
  expect(unpacked(5, 5, 0, 7, 1, 1)).toEqual([7, 7, 7, 7, 7]);
  expect(unpacked(5, 5, 0, 7, (3 << 2) | 2, 1, 0)).toEqual([7, 7, 7, 7, 7]);
  expect(unpacked(4, 4, 1 << 2, 7, 8, (1 << 2) | 3, 2, 0, 0, 0)).toEqual([7, 8, 7, 8]);
  expect(unpacked(2, 2, 60 << 2, 1, 7, 8)).toEqual([7, 8]);
  expect(unpacked(2, 2, 63 << 2, 1, 0, 0, 0, 7, 8)).toEqual([7, 8]);
});

it('passes over the length that it begins with, however many bytes that takes', () => {
  const literals = Array.from({ length: 200 }, (_, index) => index);
  expect(unpacked(200, 200, 1, 60 << 2, 199, ...literals)).toEqual(literals);
});

// Each would come to as many bytes as there is room for, or is stopped by nothing else with these words.
it.each<[string, number, number[], string]>([
  ['literals that it does not have', 9, [9, 8 << 2, 7], 'literals that do not fit'],
  // Four bytes of length that are below zero when they are taken as signed.
  ['literals of nearly 4 GiB', 9, [9, 63 << 2, 0xf0, 0xff, 0xff, 0xff, 7, 7, 7], 'literals that do not fit'],
  ['literals that there is no room for', 1, [1, 1 << 2, 7, 8], 'literals that do not fit'],
  ['a copy from before the begin', 5, [5, 0, 7, 1, 2], 'a copy that does not fit'],
  ['a copy of itself', 5, [5, 0, 7, 1, 0], 'a copy that does not fit'],
  ['a copy that there is no room for', 4, [4, 0, 7, 1, 1], 'a copy that does not fit'],
  ['less than was told', 9, [9, 0, 7], '1 bytes instead of 9'],
  ['half a copy', 9, [9, 0, 7, 3, 1], 'it ends too early'],
  ['a length without end', 9, [255, 255], '0 bytes instead of 9'],
])('refuses %s', (_, length, packed, words) => {
  expect(() => unpacked(length, ...packed)).toThrow(new RangeError(words));
});
