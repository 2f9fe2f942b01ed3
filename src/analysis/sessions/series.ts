import { median, sortAscending } from '../scores/statistics.ts';
import { MOST_MESSAGES } from './details.ts';
import type { Messages } from './sessions.ts';

/**
 * The series of messages a rhythm is looked for in, in the order that decides between equals: openers of either side,
 * all messages of the client, all of the server, and of each side those of its commonest size.
 */
export const SERIES = ['any', 'c2s', 's2c', 'c2s=', 's2c='] as const;
export type Series = (typeof SERIES)[number];

/** Sizes are the same when they differ by no more than this share, or by these few bytes. */
const SAME_SHARE = 0.1;
const SAME_BYTES = 8;

/** One series of a session. */
export interface SeriesEvents {
  length: number;
  /** Microseconds after the session's start, ascending but for a clock that stepped back. */
  timesUs: Float64Array;
  sizes: Float64Array;
  /** How many are of the client. */
  fromClient: number;
}

export function createSeriesEvents(): SeriesEvents {
  return { length: 0, timesUs: new Float64Array(MOST_MESSAGES), sizes: new Float64Array(MOST_MESSAGES), fromClient: 0 };
}

/** Room for the messages of one session. */
export function createMessages(): Messages {
  return {
    length: 0,
    timesUs: new Float64Array(MOST_MESSAGES),
    sides: new Uint8Array(MOST_MESSAGES),
    openers: new Uint8Array(MOST_MESSAGES),
    sizes: new Uint16Array(MOST_MESSAGES),
  };
}

/**
 * Picks one series out of a session's messages.
 *
 * @param series index in `SERIES`
 * @param client which side the client is
 * @param commonest size that the messages of the series are of: see `commonestSize`; NaN for any
 */
export function pickSeries(
  messages: Messages,
  series: number,
  client: number,
  commonest: number,
  into: SeriesEvents,
): void {
  let length = 0;
  let fromClient = 0;
  const side = series === 2 || series === 4 ? 1 - client : client;
  for (let index = 0; index < messages.length; index++) {
    if (series === 0 ? messages.openers[index] === 0 : messages.sides[index] !== side) continue;
    const size = messages.sizes[index];
    if (series > 2 && !isSameSize(size, commonest)) continue;
    into.timesUs[length] = messages.timesUs[index];
    into.sizes[length] = size;
    length++;
    if (messages.sides[index] === client) fromClient++;
  }
  into.length = length;
  into.fromClient = fromClient;
}

/** Whether a size is within 10 % of another, at least 8 bytes. */
export function isSameSize(size: number, of: number): boolean {
  return Math.abs(size - of) <= Math.max(SAME_SHARE * of, SAME_BYTES);
}

/**
 * The size that most of some sizes are the same as; the smallest of equals, NaN without sizes.
 *
 * @param sorted ascending
 */
export function commonestSize(sorted: Float64Array): number {
  let best = Number.NaN;
  let most = 0;
  let first = 0;
  let end = 0;
  for (let index = 0; index < sorted.length; index++) {
    const size = sorted[index];
    if (index > 0 && size === sorted[index - 1]) continue;
    while (size - sorted[first] > Math.max(SAME_SHARE * size, SAME_BYTES)) first++;
    while (end < sorted.length && isSameSize(sorted[end], size)) end++;
    if (end - first > most) {
      most = end - first;
      best = size;
    }
  }
  return best;
}

/** The median of a view of sizes, which is put in order. */
export function medianOf(sizes: Float64Array): number {
  sortAscending(sizes);
  return median(sizes);
}
