import { ROW_BINS } from './schema.ts';

/** How many values lie from `from` up to, not including, `to`. */
export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** A chart of more bars than this is slow to draw and says no more. */
export const MAXIMUM_BINS = 120;

const ROW_BINS_PER_DECADE = 5;
const ROW_BIN_EDGES = Float64Array.from({ length: ROW_BINS + 1 }, (_, index) => 10 ** (index / ROW_BINS_PER_DECADE));

/**
 * Equal bins over the values, at most `maximumBins` (1 to 120) of them, as narrow as that allows: 1, 2 or 5 times a
 * power of ten wide, starting at a multiple of that. Bins for whole numbers are at least 1 wide; equal values make one
 * bin, no values none. Values are durations or sizes: what is negative or not finite is left out.
 */
export function linearBins(values: Float64Array, maximumBins: number): Bin[] {
  const range = rangeOf(values);
  if (range === null) return [];
  const { least, largest } = range;
  const most = Math.max(1, Math.min(MAXIMUM_BINS, Math.floor(maximumBins)));
  // Narrower bins than this would have edges that doubles cannot tell apart.
  const narrowest = Math.max(range.whole ? 1 : 0, largest * 2 ** -40, 1e-300);
  let width = niceWidth(Math.max(largest === least ? largest / 100 : (largest - least) / most, narrowest));
  while (Math.floor(largest / width) - Math.floor(least / width) >= most) width = niceWidth(width * 1.5);
  const first = Math.floor(least / width);
  const bins = emptyBins(Math.floor(largest / width) - first + 1, (index) => (first + index) * width);
  for (const value of values) {
    if (countable(value)) bins[placeIn(bins, value, Math.floor(value / width) - first)].count++;
  }
  return bins;
}

/**
 * Bins of equal width on a logarithmic axis, `binsPerDecade` of them between powers of ten, halved until there are at
 * most 120. A value under 1 (a millisecond, a byte), 0 among them, has no place on such an axis and counts as 1.
 * What is negative or not finite is left out.
 */
export function logBins(values: Float64Array, binsPerDecade: number): Bin[] {
  const range = rangeOf(values);
  if (range === null) return [];
  const least = Math.max(1, range.least);
  const largest = Math.max(1, range.largest);
  let perDecade = binsPerDecade;
  while ((Math.log10(largest) - Math.log10(least)) * perDecade > MAXIMUM_BINS - 3) perDecade /= 2;
  let first = Math.floor(Math.log10(least) * perDecade);
  if (10 ** (first / perDecade) > least) first--;
  let last = Math.floor(Math.log10(largest) * perDecade);
  if (10 ** ((last + 1) / perDecade) <= largest) last++;
  const bins = emptyBins(last - first + 1, (index) => 10 ** ((first + index) / perDecade));
  for (const value of values) {
    if (!countable(value)) continue;
    const placed = Math.max(1, value);
    bins[placeIn(bins, placed, Math.floor(Math.log10(placed) * perDecade) - first)].count++;
  }
  return bins;
}

/** The `ROW_BINS + 1` edges of the histogram in every row, in milliseconds: 1 to 10^8, five bins a decade. */
export function rowBinEdges(): Float64Array {
  return ROW_BIN_EDGES.slice();
}

/**
 * The bin of a row's histogram that a delta falls into: the first takes all below 1 ms, the last all from its lower
 * edge on.
 */
export function rowBinOf(deltaMs: number): number {
  if (deltaMs < 1) return 0;
  const guess = Math.min(Math.floor(Math.log10(deltaMs) * ROW_BINS_PER_DECADE), ROW_BINS - 1);
  // The logarithm may be off by its last bit at an edge; the edges decide.
  if (deltaMs < ROW_BIN_EDGES[guess]) return guess - 1;
  return guess < ROW_BINS - 1 && deltaMs >= ROW_BIN_EDGES[guess + 1] ? guess + 1 : guess;
}

function countable(value: number): boolean {
  return value >= 0 && value < Number.POSITIVE_INFINITY;
}

function rangeOf(values: Float64Array): { least: number; largest: number; whole: boolean } | null {
  let least = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  let whole = true;
  for (const value of values) {
    if (!countable(value)) continue;
    if (value < least) least = value;
    if (value > largest) largest = value;
    if (!Number.isInteger(value)) whole = false;
  }
  return least > largest ? null : { least, largest, whole };
}

/** The smallest of 1, 2, 5 times a power of ten that is not below `width`. */
function niceWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  for (const step of [1, 2, 5]) {
    if (step * power >= width) return step * power;
  }
  return 10 * power;
}

function emptyBins(length: number, edge: (index: number) => number): Bin[] {
  return Array.from({ length }, (_, index) => ({ from: edge(index), to: edge(index + 1), count: 0 }));
}

/** The bin that holds `value` by its edges, near `guess`, which rounding may have put one off. */
function placeIn(bins: Bin[], value: number, guess: number): number {
  const index = Math.max(0, Math.min(bins.length - 1, guess));
  if (index > 0 && value < bins[index].from) return index - 1;
  if (index < bins.length - 1 && value >= bins[index].to) return index + 1;
  return index;
}
