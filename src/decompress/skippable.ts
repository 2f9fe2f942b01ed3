import type { CompressedInput } from './input.ts';

/** Skippable frames of zstd (RFC 8878, section 3.1.2) and LZ4: sixteen magic numbers, then a length. */
const FIRST = 0x184d2a50;

export function isSkippable({ bytes, start }: CompressedInput): boolean {
  return isSkippableAt(bytes, start);
}

export function isSkippableAt(bytes: Uint8Array, at: number): boolean {
  return (u32(bytes, at) & 0xffff_fff0) >>> 0 === FIRST;
}

/** Passes over the skippable frame at the input's start, piece by piece. */
export async function skipFrame(input: CompressedInput, what: string): Promise<void> {
  await input.need(8, what);
  let left = u32(input.bytes, input.start + 4);
  input.start += 8;
  while (left > 0) {
    await input.need(1, what);
    const step = Math.min(left, input.end - input.start);
    input.start += step;
    left -= step;
  }
}

/** A little-endian number. */
export function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}
