/** Blocks may be of one byte: they are handed on together, up to so many bytes. */
export const TOGETHER = 1 << 16;

/** What blocks are unpacked in, one after another. */
interface Unpacked {
  /** What was unpacked since the last call. */
  take(): Uint8Array;
}

/** The pieces of a frame, and what was not taken of it at its end, also where a fault ends it. */
export async function* withRest(unpacked: Unpacked, frame: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* frame;
  } catch (error) {
    yield unpacked.take();
    throw error;
  }
  const rest = unpacked.take();
  if (rest.length > 0) yield rest;
}
