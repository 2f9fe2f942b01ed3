import type { SessionStrip } from '../../analysis/sessions/strip.ts';
import type { Span } from './shapes.ts';

/** The largest size that a message is told to have, and the least height of a stroke, so that one byte is seen. */
const LARGEST_BYTES = 65_535;
const LEAST_HEIGHT = 3;

/**
 * A stroke for each message of one side, from the middle by up to `reach` pixels (upwards where negative), as a
 * `<path>` d attribute. Of several on one pixel the largest is drawn.
 */
export function messagesPath(
  { timesMs, sides, sizes }: Pick<SessionStrip, 'timesMs' | 'sides' | 'sizes'>,
  side: number,
  { from, to, width }: Span,
  middle: number,
  reach: number,
): string {
  const scale = to > from ? (width - 1) / (to - from) : 0;
  const largest = new Map<number, number>();
  for (let index = 0; index < timesMs.length; index++) {
    if (sides[index] !== side) continue;
    const x = Math.round((timesMs[index] - from) * scale);
    largest.set(x, Math.max(largest.get(x) ?? 0, sizes[index]));
  }
  const most = Math.abs(reach);
  let path = '';
  for (const [x, bytes] of largest) {
    const height = LEAST_HEIGHT + ((most - LEAST_HEIGHT) * Math.log1p(bytes)) / Math.log1p(LARGEST_BYTES);
    path += `M${x + 0.5} ${middle}v${(Math.sign(reach) * height).toFixed(1)}`;
  }
  return path;
}
