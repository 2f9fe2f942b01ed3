import { CaptureError } from 'pcap-ts-parser';

/**
 * What is unpacked one way; where that fails, the other goes on behind what was given, and says what is wrong. What reading
 * throws is thrown as it is.
 */
export async function* eitherWay(
  one: AsyncIterable<Uint8Array>,
  other: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let given = 0;
  try {
    for await (const piece of one) {
      given += piece.length;
      yield piece;
    }
    return;
  } catch (error) {
    if (error instanceof CaptureError) throw error;
  }
  yield* behind(given, other());
}

/** What of pieces lies behind their first bytes, so many of them. */
export async function* behind(count: number, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const piece of pieces) {
    const skipped = Math.min(left, piece.length);
    left -= skipped;
    if (skipped < piece.length) yield piece.subarray(skipped);
  }
}
