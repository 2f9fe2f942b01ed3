/** With fewer slices in use a connection's duration scores 0. */
export const LEAST_SLICES_FOR_DURATION = 6;
/** A run of this many slices is as consistent as it gets. */
export const CONSISTENT_SLICES = 12;

export interface DurationScore {
  score: number;
  /** How much of the capture the connection spans, and how long it kept on without an empty slice; 0 to 1. */
  coverage: number;
  consistency: number;
}

export interface Span {
  first: number;
  last: number;
}

/**
 * Scores how long a connection lasts: the larger of coverage and consistency, each rounded up to three decimals.
 *
 * @param used slices in use, and `longestRun` the longest run of them
 * @throws RangeError for a span that ends before it starts, or limits below 1
 */
export function scoreDuration(
  capture: Span,
  connection: Span,
  used: number,
  longestRun: number,
  leastUsed = LEAST_SLICES_FOR_DURATION,
  consistentRun = CONSISTENT_SLICES,
): DurationScore {
  if (leastUsed < 1 || consistentRun < 1) throw new RangeError('limits are counts of slices');
  if (!(capture.last > capture.first) || connection.last < connection.first)
    throw new RangeError('a span needs a length');
  if (used < leastUsed) return { score: 0, coverage: 0, consistency: 0 };
  const coverage = roundUp((connection.last - connection.first) / (capture.last - capture.first));
  const consistency = roundUp(longestRun / consistentRun);
  return { score: Math.max(coverage, consistency), coverage, consistency };
}

function roundUp(share: number): number {
  return Math.min(1, Math.ceil(share * 1000) / 1000);
}
