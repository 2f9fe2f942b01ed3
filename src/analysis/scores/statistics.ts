/**
 * Order statistics on values that are sorted already. All of them take a view (a `subarray`) of ascending finite
 * values, allocate nothing, and give NaN for an empty view. On whole numbers they equal numpy's to the last bit.
 */

/**
 * The value below which a fraction `q` (0 to 1) of the values lies, interpolated linearly at position (n - 1) q:
 * numpy's default method.
 */
export function percentile(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const lower = sorted[below];
  const upper = sorted[Math.min(below + 1, sorted.length - 1)];
  const fraction = position - below;
  if (lower === undefined || upper === undefined) return Number.NaN;
  // From the nearer end, as numpy does: the two sides of a quartile range then round alike.
  return fraction < 0.5 ? lower + (upper - lower) * fraction : upper - (upper - lower) * (1 - fraction);
}

/** The middle value, or the mean of the middle two. */
export function median(sorted: Float64Array): number {
  const { length } = sorted;
  if (length === 0) return Number.NaN;
  const middle = length >> 1;
  return length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Median of the absolute deviations from the median. The deviations left and right of the median are two ascending
 * runs, so that merging them halfway finds their middle without sorting anything again.
 */
export function medianAbsoluteDeviation(sorted: Float64Array): number {
  const { length } = sorted;
  if (length === 0) return Number.NaN;
  const centre = median(sorted);
  let left = (length - 1) >> 1;
  let right = left + 1;
  let previous = 0;
  let current = 0;
  for (let taken = 0; taken <= length >> 1; taken++) {
    previous = current;
    const leftDeviation = left >= 0 ? centre - sorted[left] : Number.POSITIVE_INFINITY;
    const rightDeviation = right < length ? sorted[right] - centre : Number.POSITIVE_INFINITY;
    if (leftDeviation <= rightDeviation) {
      current = leftDeviation;
      left--;
    } else {
      current = rightDeviation;
      right++;
    }
  }
  return length % 2 === 1 ? current : (previous + current) / 2;
}

/** Lists up to this long are quicker to sort by insertion than by the built-in sort. */
const SHORT_LIST = 32;

/**
 * Sorts in place, ascending; what is in order already, as flow starts nearly always are, takes one look at each value.
 */
export function sortAscending(values: Float64Array): void {
  for (let index = 1; index < values.length; index++) {
    const value = values[index];
    if (value >= values[index - 1]) continue;
    if (values.length > SHORT_LIST) {
      values.sort();
      return;
    }
    let place = index;
    while (place > 0 && values[place - 1] > value) {
      values[place] = values[place - 1];
      place--;
    }
    values[place] = value;
  }
}
