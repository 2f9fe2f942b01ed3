/**
 * One message in 8 bytes: seconds after the session's start (26 bits) and the upper 6 of the 20 bits of microseconds;
 * their lower 14 bits, whether it is an opener, its side, and its size (16 bits). Since a clock may step back, seconds
 * are stored more than an hour late, which leaves two years.
 */
const BIAS_S = 4096;
const LATEST_S = 2 ** 26 - 1;
const UPPER_SHIFT = 14;
const LOWER_MASK = 0x3fff;
const SIDE_BIT = 1 << 16;
const OPENER_BIT = 1 << 17;
const LOWER_SHIFT = 18;

/** Sizes stop here. */
export const LARGEST_MESSAGE = 0xffff;

/**
 * Writes a message into `words[at]` and `words[at + 1]`.
 *
 * @param seconds whole seconds after the session's start, rounded down, and microseconds above that
 */
export function putMessage(
  words: Int32Array,
  at: number,
  seconds: number,
  microseconds: number,
  side: number,
  opens: boolean,
  size: number,
): void {
  const late = Math.max(0, Math.min(LATEST_S, seconds + BIAS_S));
  words[at] = (late << 6) | (microseconds >> UPPER_SHIFT);
  words[at + 1] =
    Math.min(size, LARGEST_MESSAGE) |
    (side * SIDE_BIT) |
    (opens ? OPENER_BIT : 0) |
    ((microseconds & LOWER_MASK) << LOWER_SHIFT);
}

/** Adds to the size of the message in `words[at + 1]`. */
export function enlargeMessage(words: Int32Array, at: number, bytes: number): void {
  const word = words[at + 1];
  words[at + 1] = (word & ~LARGEST_MESSAGE) | Math.min((word & LARGEST_MESSAGE) + bytes, LARGEST_MESSAGE);
}

/** Microseconds after the session's start. */
export function messageTimeUs(words: Int32Array, at: number): number {
  const microseconds = ((words[at] & 0x3f) << UPPER_SHIFT) | (words[at + 1] >>> LOWER_SHIFT);
  return ((words[at] >>> 6) - BIAS_S) * 1e6 + microseconds;
}

export function messageSize(words: Int32Array, at: number): number {
  return words[at + 1] & LARGEST_MESSAGE;
}

export function messageSide(words: Int32Array, at: number): number {
  return (words[at + 1] & SIDE_BIT) === 0 ? 0 : 1;
}

export function isOpener(words: Int32Array, at: number): boolean {
  return (words[at + 1] & OPENER_BIT) !== 0;
}
