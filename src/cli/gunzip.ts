import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import type { CompressedInput } from '../decompress/input.ts';

/** Unpacked bytes that come out at a time. */
const CHUNK_BYTES = 1 << 18;
/** Packed bytes that are given at first, since files are also opened for their first bytes alone, and later on. */
const FIRST_BYTES = 1 << 14;
const MOST_BYTES = 1 << 18;

/**
 * Unpacks gzip in another thread, a piece ahead of what reads it. Node's DecompressionStream does so, too, but in pieces so
 * small that each waits for the other. Throws where the data is damaged, and what reading the input throws.
 */
export async function* gunzipAhead(input: CompressedInput): AsyncGenerator<Uint8Array> {
  const unpacker = createGunzip({ chunkSize: CHUNK_BYTES });
  yield* unpackedAhead(input, unpacker);
  // Zeros behind a member end it for Node, whatever comes behind them.
  if (unpacker.bytesWritten < input.taken) throw new Error('bytes behind the last member');
}

/** Unpacks deflate as it is in ZIP archives in the same way. */
export async function* inflateAhead(input: CompressedInput): AsyncGenerator<Uint8Array> {
  yield* unpackedAhead(input, createInflateRaw({ chunkSize: CHUNK_BYTES }));
}

async function* unpackedAhead(input: CompressedInput, unpacker: Gunzip | InflateRaw): AsyncGenerator<Uint8Array> {
  const feeding = pipeline(Readable.from(piecesOf(input), { objectMode: false }), unpacker);
  // What goes wrong in it is thrown by the reading below.
  const fed = feeding.catch(() => undefined);
  try {
    for await (const chunk of unpacker) yield chunk as Uint8Array;
  } finally {
    unpacker.destroy();
    await fed;
  }
}

async function* piecesOf(input: CompressedInput): AsyncGenerator<Uint8Array> {
  for (let bytes = FIRST_BYTES; ; bytes = Math.min(2 * bytes, MOST_BYTES)) {
    const piece = await input.piece(bytes);
    if (piece.length === 0) return;
    yield piece;
  }
}
