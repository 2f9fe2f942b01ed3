import { percentile } from '../../analysis/scores/statistics.ts';

/** Times between consecutive flow starts in milliseconds: one fewer than there are starts, which are in order. */
export function deltasOf(startMs: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, startMs.length - 1) }, (_, at) => startMs[at + 1] - startMs[at]);
}

export const DELTA_SCALES = ['linear', 'log'] as const;
export type DeltaScale = (typeof DELTA_SCALES)[number];
export const DELTA_SCALE_LABELS = { linear: 'linear bins', log: 'log bins' } as const;

/** A longest delta this many times the median leaves linear bins with nothing to show but one bar. */
const SPREAD = 20;

/**
 * The scale that shows these deltas best at first: linear, unless a few long ones would push all others into one bin.
 */
export function scaleFor(deltas: Float64Array): DeltaScale {
  const sorted = deltas.toSorted();
  return sorted[sorted.length - 1] > SPREAD * Math.max(percentile(sorted, 0.5), 1) ? 'log' : 'linear';
}
