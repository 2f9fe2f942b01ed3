import { describe, expect, it } from 'vitest';
import { ChunkedRows } from '../../../../src/analysis/memory/chunked-rows.ts';

const LAST = 100_000;
/** Rows at the ends of chunks, and beside them. */
const ROWS = [0, 1, 4095, 4096, 4097, 12_287, 12_288, 28_671, 28_672, LAST];
const STRIDE = 3;

describe('rows in chunks', () => {
  it('have places of their own, in which nothing is before something is written', () => {
    const rows = new ChunkedRows(Int32Array, STRIDE);
    let isEmpty = true;
    for (let row = 0; row <= LAST; row++) {
      rows.reserve(row);
      for (let number = 0; number < STRIDE; number++) {
        isEmpty &&= rows.get(row, number) === 0;
        rows.set(row, number, row * STRIDE + number);
      }
    }
    expect(isEmpty).toBe(true);
    const own = (row: number): number[] => [...rows.chunk(row).subarray(rows.place(row), rows.place(row) + STRIDE)];
    const wrong = Array.from({ length: LAST + 1 }, (_, row) => row).filter((row) => {
      return own(row).some((value, number) => value !== row * STRIDE + number);
    });
    expect(wrong).toEqual([]);
  });

  it('stay where they are when there are more', () => {
    const rows = new ChunkedRows(Float64Array, STRIDE);
    const chunks = ROWS.map((row) => {
      rows.reserve(row);
      return rows.chunk(row);
    });
    ROWS.forEach((row, index) => expect(rows.chunk(row)).toBe(chunks[index]));
  });
});
