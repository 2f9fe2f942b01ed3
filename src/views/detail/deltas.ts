/** Times between consecutive flow starts in milliseconds: one fewer than there are starts, which are in order. */
export function deltasOf(startMs: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, startMs.length - 1) }, (_, at) => startMs[at + 1] - startMs[at]);
}
