import { describe, expect, it } from 'vitest';
import { GrowingColumn } from '../../../../src/analysis/memory/growing-column.ts';

describe('GrowingColumn', () => {
  it('is as narrow as its largest number allows, and keeps what it had', () => {
    const column = new GrowingColumn('to-f64');
    column.set(0, 7, 4);
    column.set(2, 0xffff, 4);
    expect(column.get(2)).toBe(0xffff);
    column.set(3, 2 ** 40, 4);
    expect(column.get(9)).toBe(0);
    expect(column.take(4)).toEqual(Float64Array.of(7, 0, 0xffff, 2 ** 40));
    const narrow = new GrowingColumn('to-u32');
    narrow.set(1, 0xffff, 2);
    expect(narrow.take(2)).toEqual(Uint16Array.of(0, 0xffff));
    const wider = new GrowingColumn('to-u32');
    wider.set(0, 0x1_0000, 2);
    expect(wider.take(1)).toEqual(Uint32Array.of(0x1_0000));
  });

  it('grows with the room of all columns, and ends as long as is asked for', () => {
    const column = new GrowingColumn('u32');
    column.set(0, 1, 2);
    column.set(5, 6, 8);
    expect(column.take(10)).toEqual(Uint32Array.of(1, 0, 0, 0, 0, 6, 0, 0, 0, 0));
    expect(column.take(2)).toEqual(Uint32Array.of(0, 0));
  });
});
