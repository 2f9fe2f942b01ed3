import { SEEN_SLICES } from './schema.ts';

/** What a count in a byte cannot pass: a strip shows when, not how much. */
const MOST = 255;

/**
 * Counts flow starts in `SEEN_SLICES` equal slices of a span into row `row` of `seen`. Without a span all fall into the
 * first slice; what lies outside falls into the slice at its end.
 *
 * @param startsMs in milliseconds, in any order
 * @param span in milliseconds
 */
export function countSeen(
  startsMs: Float64Array,
  span: { firstMs: number; lastMs: number },
  seen: Uint8Array,
  row: number,
): void {
  const first = row * SEEN_SLICES;
  const perMs = span.lastMs > span.firstMs ? SEEN_SLICES / (span.lastMs - span.firstMs) : 0;
  for (const startMs of startsMs) {
    const slice = first + Math.min(SEEN_SLICES - 1, Math.max(0, Math.floor((startMs - span.firstMs) * perMs)));
    if (seen[slice] < MOST) seen[slice]++;
  }
}
