import type { Report } from '../analysis/report/report.ts';
import type { TimeRange } from '../analysis/report/time-range.ts';

/** A part of the strip of packets over time: slices, the second end exclusive. */
export interface Brush {
  from: number;
  to: number;
}

/** Which of its two ends is moved. */
export type BrushEnd = keyof Brush;

type Slices = Pick<Report, 'packetsOverTime' | 'sliceMs' | 'packetsFirstMs'>;

/** Slices that Page Up and Page Down move an end by: a tenth of the longest strip. */
const PAGE = 25;

/** When a slice of the strip begins, milliseconds since 1970; 0 where nothing has a time. */
export function sliceStartMs({ sliceMs, packetsFirstMs }: Slices, slice: number): number {
  return (packetsFirstMs ?? 0) + slice * sliceMs;
}

/** The part of the strip that is looked at; all of it without a range. */
export function brushOf(report: Slices & Pick<Report, 'range'>): Brush {
  const { range } = report;
  const last = report.packetsOverTime.length;
  if (range === null) return { from: 0, to: last };
  const placeOf = (ms: number): number => Math.round((ms - sliceStartMs(report, 0)) / report.sliceMs);
  const from = Math.max(0, Math.min(last - 1, placeOf(range.fromMs)));
  return { from, to: Math.max(from + 1, Math.min(last, placeOf(range.toMs))) };
}

/** The time that a part of the strip stands for; null for all of it. */
export function rangeOf(report: Slices, { from, to }: Brush): TimeRange | null {
  if (from === 0 && to === report.packetsOverTime.length) return null;
  return { fromMs: sliceStartMs(report, from), toMs: sliceStartMs(report, to) };
}

/** The whole slices between two places on the strip, each from 0 (its left end) to 1, in either order; at least one. */
export function brushBetween(one: number, other: number, slices: number): Brush {
  const [left, right] = [one, other].map((place) => Math.max(0, Math.min(1, place)) * slices).sort((a, b) => a - b);
  const from = Math.min(slices - 1, Math.floor(left));
  return { from, to: Math.max(from + 1, Math.ceil(right)) };
}

/** A brush with one end moved by a key, null for a key that moves none; one slice is always left. */
export function brushAfter(key: string, brush: Brush, end: BrushEnd, slices: number): Brush | null {
  const [least, most] = end === 'from' ? [0, brush.to - 1] : [brush.from + 1, slices];
  const place = { ...steps(brush[end]), Home: least, End: most }[key];
  return place === undefined ? null : { ...brush, [end]: Math.max(least, Math.min(most, place)) };
}

function steps(place: number): Record<string, number> {
  return {
    ArrowLeft: place - 1,
    ArrowDown: place - 1,
    ArrowRight: place + 1,
    ArrowUp: place + 1,
    PageDown: place - PAGE,
    PageUp: place + PAGE,
  };
}
