import { describe, expect, it } from 'vitest';
import { brushAfter, brushBetween, brushOf, rangeOf } from '../../../src/state/time-brush.ts';
import { rangeWords } from '../../../src/views/results/range-words.ts';
import { reportOf } from './reports.ts';

const FIRST_MS = Date.UTC(2026, 2, 5, 10);
const REPORT = reportOf([], { packetsOverTime: new Uint32Array(240), sliceMs: 60_000, packetsFirstMs: FIRST_MS });
const ALL = { from: 0, to: 240 };

describe('a part of the time on the strip', () => {
  it('is a range, and a range is a part; all of it is none', () => {
    for (const brush of [
      { from: 0, to: 1 },
      { from: 30, to: 70 },
      { from: 239, to: 240 },
    ]) {
      const range = rangeOf(REPORT, brush);
      expect(range).toEqual({ fromMs: FIRST_MS + brush.from * 60_000, toMs: FIRST_MS + brush.to * 60_000 });
      expect(brushOf({ ...REPORT, range })).toEqual(brush);
    }
    expect(rangeOf(REPORT, ALL)).toBeNull();
    expect(brushOf(REPORT)).toEqual(ALL);
  });

  it('stays on the strip where a range runs past it', () => {
    const past = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
    expect(brushOf({ ...REPORT, range: past })).toEqual(ALL);
    expect(brushOf({ ...REPORT, range: { fromMs: FIRST_MS + 1e9, toMs: FIRST_MS + 2e9 } })).toEqual({
      from: 239,
      to: 240,
    });
  });

  it('is drawn between two places in either order, whole slices and at least one', () => {
    expect(brushBetween(0.5, 0.25, 240)).toEqual({ from: 60, to: 120 });
    expect(brushBetween(0.251, 0.26, 240)).toEqual({ from: 60, to: 63 });
    expect(brushBetween(-3, 7, 240)).toEqual(ALL);
    expect(brushBetween(1, 1, 240)).toEqual({ from: 239, to: 240 });
    expect(brushBetween(0, 0, 240)).toEqual({ from: 0, to: 1 });
  });

  it('is moved by keys, an end never past the other', () => {
    expect(brushAfter('ArrowRight', ALL, 'from', 240)).toEqual({ from: 1, to: 240 });
    expect(brushAfter('ArrowRight', ALL, 'to', 240)).toEqual(ALL);
    expect(brushAfter('PageDown', ALL, 'to', 240)).toEqual({ from: 0, to: 215 });
    expect(brushAfter('Home', { from: 30, to: 70 }, 'to', 240)).toEqual({ from: 30, to: 31 });
    expect(brushAfter('End', { from: 30, to: 70 }, 'from', 240)).toEqual({ from: 69, to: 70 });
    expect(brushAfter('Tab', ALL, 'to', 240)).toBeNull();
  });

  it('is said in words', () => {
    const range = rangeOf(REPORT, { from: 2, to: 40 });
    const whole = { firstMs: FIRST_MS, lastMs: FIRST_MS + 239 * 60_000 };
    const captures = [
      { ...whole, file: 'a.pcap', format: 'pcap', compression: null, packets: 1, bytes: 1, comments: 0, warnings: [] },
    ];
    expect(range && rangeWords(range, captures, 'utc')).toBe('10:02:00 to 10:40:00 UTC: 38 min 00 s of 3 h 59 min');
    const last = rangeOf(REPORT, { from: 238, to: 240 });
    expect(last && rangeWords(last, captures, 'utc')).toBe('13:58:00 to 13:59:00 UTC: 1 min 00 s of 3 h 59 min');
  });
});
