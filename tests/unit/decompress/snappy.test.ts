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

it.each([
  ['literals that it does not have', [9, 8 << 2, 7]],
  // Four bytes of length that are below zero when they are taken as signed.
  ['literals of nearly 4 GiB', [9, 63 << 2, 0xf0, 0xff, 0xff, 0xff, 7, 7, 7]],
  ['a copy from before the begin', [9, 0, 7, (3 << 2) | 2, 2, 0]],
  ['a copy of itself', [9, 0, 7, (3 << 2) | 2, 0, 0]],
  ['more than there is room for', [9, 0, 7, (63 << 2) | 2, 1, 0]],
  ['less than was told', [9, 0, 7]],
  ['half a copy', [9, 0, 7, 3, 1]],
  ['a length without end', [255, 255]],
])('refuses %s', (_, packed) => {
  expect(() => unpacked(9, ...packed)).toThrow(RangeError);
});
