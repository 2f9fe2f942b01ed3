import { describe, expect, it } from 'vitest';
import { skylinePath, strokesPath } from '../../../../src/views/shapes.ts';
import { DELTA_MARKS, SHAPE_WIDTH } from '../../../../src/views/table/delta-axis.ts';
import { placeAfter } from '../../../../src/views/table/movement.ts';

describe('shapes', () => {
  it('draw bars side by side, the smallest still seen', () => {
    expect(skylinePath(Uint32Array.of(9, 0, 1, 1000, 9), 1, 4, 3, 20)).toBe('M3 20v-1h3v1zM6 20v-20h3v20z');
    expect(skylinePath(Uint32Array.of(0, 0), 0, 2, 3, 20)).toBe('');
  });

  it('draw one stroke a pixel at most', () => {
    expect(strokesPath(Float64Array.of(0, 1, 500, 1000), 0, 1000, 101, 8)).toBe('M0.5 0v8M50.5 0v8M100.5 0v8');
    expect(strokesPath(Float64Array.of(7), 7, 7, 100, 8)).toBe('M0.5 0v8');
  });

  it('mark seconds, minutes and hours on the common axis', () => {
    expect(DELTA_MARKS.map(({ x }) => Math.round((x / SHAPE_WIDTH) * 1000))).toEqual([0, 375, 597, 820]);
  });
});

describe('movement', () => {
  it('stays within the rows', () => {
    expect(placeAfter('ArrowDown', 9, 10, 5)).toBe(9);
    expect(placeAfter('ArrowUp', 0, 10, 5)).toBe(0);
    expect(placeAfter('PageDown', 7, 10, 5)).toBe(9);
    expect(placeAfter('PageUp', 7, 10, 5)).toBe(2);
    expect(placeAfter('End', 0, 10, 5)).toBe(9);
    expect(placeAfter('Home', 4, 10, 5)).toBe(0);
    expect(placeAfter('x', 4, 10, 5)).toBeNull();
  });
});
