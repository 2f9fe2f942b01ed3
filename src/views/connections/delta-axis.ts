import { ROW_BINS } from '../../analysis/connections/schema.ts';

/** One bin of a row's histogram is this many pixels wide. */
export const BIN_WIDTH = 3;
export const SHAPE_WIDTH = ROW_BINS * BIN_WIDTH;
export const SHAPE_HEIGHT = 20;

/** The axis ends at 10^8 ms. */
const DECADES = 8;

/** Marks under the heading of the histograms. */
export const DELTA_MARKS: readonly { label: string; x: number }[] = [
  { label: 'ms', x: 0 },
  { label: 's', x: positionOf(1000) },
  { label: 'min', x: positionOf(60_000) },
  { label: 'h', x: positionOf(3_600_000) },
];

/** Where a delta (milliseconds, at least 1) lies on the axis, in pixels. */
function positionOf(ms: number): number {
  return (Math.log10(ms) / DECADES) * SHAPE_WIDTH;
}
