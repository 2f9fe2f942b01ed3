/** No more than this many flow starts of a connection, its first, are looked at. */
export const MOST_EVENTS = 2000;

/** Nine centres with eight widths each, and sixteen pairs of quantiles. */
export const MOST_BANDS = 88;

/** Working memory for one connection after the other, so that scoring many of them allocates next to nothing. */
export interface RhythmScratch {
  /** Gaps between neighbouring events in seconds, ascending. */
  eventGaps: Float64Array;
  /** Burst scales in seconds, and the number of visits at each. */
  scales: Float64Array;
  visits: Uint16Array;
  /** `[0]` is the scale at hand, in seconds. */
  scale: Float64Array;
  /**
   * `[i + 1]` is gap i between visits at this scale in seconds, ascending, then infinity up to the next power of two: a
   * binary search that has passed i gaps asks for the one after the next s by i + s.
   */
  gapAfter: Float64Array;
  /** What a gap is longer than its scale, in seconds, and the logarithm of that. */
  excess: Float64Array;
  logExcess: Float64Array;
  /** Log density of each gap under the mix of two exponentials. */
  mixture: Float64Array;
  /** `[i]` is the sum of the null's log densities over the first i gaps. */
  densitySums: Float64Array;
  /** Centre in seconds and relative half width of each band to try. */
  centres: Float64Array;
  widths: Float64Array;
  /** Bounds in seconds of the bands of one, two and three periods: low, high, low, high, low, high. */
  bounds: Float64Array;
  /** Where in the gaps each of the three bands begins, and before which gap it ends. */
  firsts: Int32Array;
  ends: Int32Array;
  /** Explained gaps, each divided by its number of periods, in seconds. */
  periods: Float64Array;
}

/** The highest bit of `count`: a binary search among as many values begins with a step of that power of two. */
export function highestBit(count: number): number {
  return 31 - Math.clz32(count);
}

export function createRhythmScratch(): RhythmScratch {
  return {
    eventGaps: new Float64Array(MOST_EVENTS),
    scales: new Float64Array(64),
    visits: new Uint16Array(64),
    scale: new Float64Array(1),
    gapAfter: new Float64Array((2 << highestBit(MOST_EVENTS)) + 1),
    excess: new Float64Array(MOST_EVENTS),
    logExcess: new Float64Array(MOST_EVENTS),
    mixture: new Float64Array(MOST_EVENTS),
    densitySums: new Float64Array(MOST_EVENTS + 1),
    centres: new Float64Array(MOST_BANDS),
    widths: new Float64Array(MOST_BANDS),
    bounds: new Float64Array(6),
    firsts: new Int32Array(3),
    ends: new Int32Array(3),
    periods: new Float64Array(MOST_EVENTS),
  };
}
