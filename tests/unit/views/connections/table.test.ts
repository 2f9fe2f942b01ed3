import { describe, expect, it } from 'vitest';
import { bracketsPath, ringsPath, skylinePath, strokesPath } from '../../../../src/views/charts/shapes.ts';
import { columnsIn, columnWidth, LAYOUTS, layoutFor } from '../../../../src/views/connections/columns.ts';
import { DELTA_MARKS, SHAPE_WIDTH } from '../../../../src/views/connections/delta-axis.ts';
import { placeAfter } from '../../../../src/views/connections/movement.ts';

describe('shapes', () => {
  it('draw bars side by side, the smallest still seen', () => {
    expect(skylinePath(Uint32Array.of(9, 0, 1, 1000, 9), 1, 4, 3, 20)).toBe('M3 20v-1h3v1zM6 20v-20h3v20z');
    expect(skylinePath(Uint32Array.of(0, 0), 0, 2, 3, 20)).toBe('');
  });

  it('draw one stroke a pixel at most', () => {
    expect(strokesPath(Float64Array.of(0, 1, 500, 1000), 0, 1000, 101, 8)).toBe('M0.5 0v8M50.5 0v8M100.5 0v8');
    expect(strokesPath(Float64Array.of(7), 7, 7, 100, 8)).toBe('M0.5 0v8');
  });

  it('draw rings around instants and brackets over spans', () => {
    const span = { from: 0, to: 1000, width: 101 };
    expect(ringsPath(Float64Array.of(500, 501), span, 10, 3)).toBe('M47.5 10a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z');
    expect(bracketsPath(Float64Array.of(100, 300), span, 2, 8)).toBe('M10.5 2v8M10.5 6H30.5M30.5 2v8');
    expect(bracketsPath(Float64Array.of(100, 101), span, 2, 8)).toBe('M10.5 2v8M10.5 6H12.5M12.5 2v8');
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

describe('columns', () => {
  it('are as many as there is room for', () => {
    expect([320, 400, 640, 768, 864, 1120, 1440].map(layoutFor)).toEqual([
      'tiny',
      'narrow',
      'narrow',
      'compact',
      'medium',
      'wide',
      'wide',
    ]);
    expect(columnsIn('tiny')).toEqual(['score', 'rhythm', 'destination']);
    expect(columnsIn('narrow')).toEqual(['score', 'rhythm', 'destination', 'flows']);
    expect(columnsIn('compact')).toEqual(['score', 'rhythm', 'source', 'destination', 'port', 'flows']);
    expect(columnsIn('medium')).toEqual(['score', 'rhythm', 'deltas', 'source', 'destination', 'port', 'flows']);
    expect(columnsIn('wide')).toHaveLength(9);
  });

  it('leave room for the destination at the least width of every layout', () => {
    const least = { tiny: 300, narrow: 380, compact: 720, medium: 840, wide: 1120 } as const;
    for (const layout of LAYOUTS) {
      const fixed = columnsIn(layout).reduce((sum, column) => sum + (columnWidth(column, layout, 39) ?? 0), 0);
      expect(least[layout] - fixed).toBeGreaterThanOrEqual(100);
    }
  });
});
