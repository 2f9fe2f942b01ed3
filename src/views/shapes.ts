/**
 * Counts as the outline of bars standing side by side, one `<path>` d attribute. The fullest bar has the whole height;
 * a bar that is not empty is at least one unit high, so that a single delta is seen.
 */
export function skylinePath(counts: Uint32Array, from: number, to: number, barWidth: number, height: number): string {
  let most = 0;
  for (let at = from; at < to; at++) most = Math.max(most, counts[at]);
  if (most === 0) return '';
  let path = '';
  for (let at = from; at < to; at++) {
    const count = counts[at];
    if (count === 0) continue;
    const bar = Math.max(1, Math.round((count / most) * height));
    path += `M${(at - from) * barWidth} ${height}v${-bar}h${barWidth}v${bar}z`;
  }
  return path;
}

/** One upright stroke for each instant that falls on a pixel of its own, as a `<path>` d attribute. */
export function strokesPath(instants: Float64Array, from: number, to: number, width: number, height: number): string {
  const scale = to > from ? (width - 1) / (to - from) : 0;
  let path = '';
  let last = -1;
  for (const instant of instants) {
    const x = Math.round((instant - from) * scale);
    if (x === last) continue;
    last = x;
    path += `M${x + 0.5} 0v${height}`;
  }
  return path;
}
