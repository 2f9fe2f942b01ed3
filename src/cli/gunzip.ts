import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { CompressedInput } from '../decompress/input.ts';

/** Packed bytes that are given at a time, and unpacked bytes that come out at a time. */
const PIECE_BYTES = 1 << 18;

/**
 * Unpacks gzip in another thread, a piece ahead of what reads it. Node's DecompressionStream does so, too, but in pieces so
 * small that each waits for the other. Throws where the data is damaged, and what reading the input throws.
 */
export async function* gunzipAhead(input: CompressedInput): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  const feeding = pipeline(Readable.from(piecesOf(input), { objectMode: false }), gunzip);
  // What goes wrong in it is thrown by the reading below.
  const fed = feeding.catch(() => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } finally {
    gunzip.destroy();
    await fed;
  }
}

async function* piecesOf(input: CompressedInput): AsyncGenerator<Uint8Array> {
  for (let piece = await input.piece(PIECE_BYTES); piece.length > 0; piece = await input.piece(PIECE_BYTES))
    yield piece;
}
