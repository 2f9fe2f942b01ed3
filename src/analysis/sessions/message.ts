import { TWO_32 } from './record.ts';

/**
 * One message in 8 bytes: the lower half of its time, and above the upper 14 bits of the time its size (16 bits), side
 * and whether it is an opener. Times are microseconds after the session's start; since a clock may step back, they are
 * stored 71 minutes late, which leaves 814 days.
 */
const BIAS_US = TWO_32;
const LATEST_US = 2 ** 46 - 1;
const SIDE_BIT = 1 << 16;
const OPENER_BIT = 1 << 17;
const HIGH_SHIFT = 18;

/** Sizes stop here. */
export const LARGEST_MESSAGE = 0xffff;

/** Writes a message into `words[at]` and `words[at + 1]`. */
export function putMessage(
  words: Int32Array, at: number, timeUs: number, side: number, opens: boolean, size: number,
): void {
  const stored = Math.max(0, Math.min(LATEST_US, timeUs + BIAS_US));
  words[at] = stored | 0;
  words[at + 1] = Math.min(size, LARGEST_MESSAGE) | (side * SIDE_BIT) | (opens ? OPENER_BIT : 0)
    | (Math.floor(stored / TWO_32) << HIGH_SHIFT);
}

/** Adds to the size of the message in `words[at + 1]`. */
export function enlargeMessage(words: Int32Array, at: number, bytes: number): void {
  const word = words[at + 1];
  words[at + 1] = (word & ~LARGEST_MESSAGE) | Math.min((word & LARGEST_MESSAGE) + bytes, LARGEST_MESSAGE);
}

/** Microseconds after the session's start. */
export function messageTimeUs(words: Int32Array, at: number): number {
  return (words[at + 1] >>> HIGH_SHIFT) * TWO_32 + (words[at] >>> 0) - BIAS_US;
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
