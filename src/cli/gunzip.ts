import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflateRaw, type Gunzip, gunzipSync, type InflateRaw } from 'node:zlib';
import type { CompressedInput } from '../decompress/input.ts';

/** Unpacked bytes that come out at a time. */
const CHUNK_BYTES = 1 << 18;
/** Packed bytes that are given at first, since files are also opened for their first bytes alone, and later on. */
const FIRST_BYTES = 1 << 14;
const MOST_BYTES = 1 << 18;
/** What a file that is given at once may unpack to without a stream: that takes longer to set up than small files to read. */
const MOST_AT_ONCE = 1 << 20;
/** Room for what it unpacks to, which grows where it is more: so many times what is packed, and at least so much. */
const USUAL_GROWTH = 4;
const LEAST_ROOM = 1 << 10;

/**
 * Unpacks gzip in another thread, a piece ahead of what reads it. Node's DecompressionStream does so, too, but in pieces so
 * small that each waits for the other. Throws where the data is damaged, and what reading the input throws.
 */
export async function* gunzipAhead(input: CompressedInput): AsyncGenerator<Uint8Array> {
  const first = await input.piece(FIRST_BYTES);
  const whole = first.length < FIRST_BYTES ? gunzipped(first) : null;
  if (whole !== null) {
    yield whole;
    return;
  }
  yield* unpackedAhead(first, input, createGunzip({ chunkSize: CHUNK_BYTES }));
}

/** Unpacks deflate as it is in ZIP archives in the same way. */
export async function* inflateAhead(input: CompressedInput): AsyncGenerator<Uint8Array> {
  yield* unpackedAhead(await input.piece(FIRST_BYTES), input, createInflateRaw({ chunkSize: CHUNK_BYTES }));
}

/** @param first what was taken of the input already */
async function* unpackedAhead(
  first: Uint8Array,
  input: CompressedInput,
  unpacker: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  const feeding = pipeline(Readable.from(piecesOf(first, input), { objectMode: false }), unpacker);
  // What goes wrong in it is thrown by the reading below.
  const fed = feeding.catch(() => undefined);
  try {
    for await (const chunk of unpacker) yield chunk as Uint8Array;
  } finally {
    unpacker.destroy();
    await fed;
  }
}

/** What a whole file unpacks to; null where that is much. Throws where it is damaged: a stream would come no further. */
function gunzipped(packed: Uint8Array): Uint8Array | null {
  try {
    const chunkSize = Math.max(LEAST_ROOM, USUAL_GROWTH * packed.length);
    return gunzipSync(packed, { chunkSize, maxOutputLength: MOST_AT_ONCE });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw error;
  }
}

async function* piecesOf(first: Uint8Array, input: CompressedInput): AsyncGenerator<Uint8Array> {
  yield first;
  for (let bytes = 2 * FIRST_BYTES; ; bytes = Math.min(2 * bytes, MOST_BYTES)) {
    const piece = await input.piece(bytes);
    if (piece.length === 0) return;
    yield piece;
  }
}
