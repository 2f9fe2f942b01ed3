/**
 * Counts as the outline of bars standing side by side, one `<path>` d attribute. The fullest bar has the whole height;
 * a bar that is not empty is at least one unit high, so that a single delta is seen.
 */
export function skylinePath(
  counts: Uint32Array | Uint8Array,
  from: number,
  to: number,
  barWidth: number,
  height: number,
): string {
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

/** A span of instants laid out over so many pixels. */
export interface Span {
  from: number;
  to: number;
  width: number;
}

/** One ring around each instant that falls on a pixel of its own, as a `<path>` d attribute. */
export function ringsPath(instants: Float64Array, span: Span, middle: number, radius: number): string {
  let path = '';
  let last = -1;
  for (const instant of instants) {
    const x = pixelOf(instant, span);
    if (x === last) continue;
    last = x;
    path += `M${x + 0.5 - radius} ${middle}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
  }
  return path;
}

/** A level stroke with upright ends from each start to its end (they alternate), as a `<path>` d attribute. */
export function bracketsPath(bounds: Float64Array, span: Span, top: number, height: number): string {
  let path = '';
  for (let at = 0; at + 1 < bounds.length; at += 2) {
    const from = pixelOf(bounds[at], span) + 0.5;
    const to = Math.max(from + 2, pixelOf(bounds[at + 1], span) + 0.5);
    path += `M${from} ${top}v${height}M${from} ${top + height / 2}H${to}M${to} ${top}v${height}`;
  }
  return path;
}

function pixelOf(instant: number, { from, to, width }: Span): number {
  return to > from ? Math.round(((instant - from) * (width - 1)) / (to - from)) : 0;
}
