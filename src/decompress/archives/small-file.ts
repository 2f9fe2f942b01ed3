import {
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_LOCAL_FILE_HEADER_NOT_FOUND,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { Inflate, inflateSync } from 'fflate';

/** Files of up to so many packed bytes are unpacked without a stream, which takes longer to set up than they to read. */
const MOST_BYTES = 1 << 16;
/** Packed bytes at a time, few at first: each may become a thousand, and most files are opened for their first bytes alone. */
const FIRST_STEP = 1 << 6;
const STEP_BYTES = 1 << 12;
/** What a file unpacks to is made at once up to so many bytes. */
export const MOST_UNPACKED = 1 << 17;

/** A file's own header (APPNOTE.TXT 4.3.7): its mark, and at which place the lengths of its name and of what follows stand. */
const SIGNATURE = 0x04034b50;
export const HEADER_BYTES = 30;
const NAME_LENGTH_AT = 26;
const STORED = 0;
export const DEFLATED = 8;

/** What the list of an archive says of a small file. */
export type SmallEntry = Pick<
  FileEntry,
  'offset' | 'compressedSize' | 'uncompressedSize' | 'compressionMethod' | 'encrypted'
>;

/** Bytes of the archive from a place on. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** Whether a file is small, needs no password, and is packed in one of the usual ways. */
export function isSmall({ compressedSize, compressionMethod, encrypted }: SmallEntry): boolean {
  const isPlain = !encrypted && (compressionMethod === STORED || compressionMethod === DEFLATED);
  return isPlain && compressedSize <= MOST_BYTES;
}

/** The packed bytes of a small file. Throws what the library throws where they are not where they should be. */
export async function smallPacked({ offset, compressedSize }: SmallEntry, read: ReadBytes): Promise<Uint8Array> {
  const start = offset + headerLength(await read(offset, HEADER_BYTES));
  const packed = compressedSize === 0 ? new Uint8Array(0) : await read(start, compressedSize);
  if (packed.length < compressedSize) throw new Error(ERR_ENTRY_DATA_OUT_OF_BOUNDS);
  return packed;
}

/**
 * What a small file unpacks to, of the archive's bytes from its place on, unpacked to the beginning of `out`. Null where that
 * has no room for it and a byte more, where not all of its bytes are there, and where it is not as long as the archive says.
 */
export function smallAtOnce(
  { compressedSize, uncompressedSize, compressionMethod }: SmallEntry,
  bytes: Uint8Array,
  out: Uint8Array<ArrayBuffer>,
): Uint8Array | null {
  if (bytes.length < HEADER_BYTES || uncompressedSize >= out.length) return null;
  const start = headerLength(bytes);
  const packed = bytes.subarray(start, start + compressedSize);
  if (packed.length < compressedSize) return null;
  if (compressionMethod === DEFLATED) return inflated(packed, uncompressedSize, out.subarray(0, uncompressedSize + 1));
  if (compressedSize !== uncompressedSize) return null;
  out.set(packed);
  return out.subarray(0, uncompressedSize);
}

/** Bytes of a file's own header, of which the first ones are given. Throws what the library throws where it is none. */
export function headerLength(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES) throw new Error(ERR_ENTRY_DATA_OUT_OF_BOUNDS);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(0, true) !== SIGNATURE) throw new Error(ERR_LOCAL_FILE_HEADER_NOT_FOUND);
  return HEADER_BYTES + view.getUint16(NAME_LENGTH_AT, true) + view.getUint16(NAME_LENGTH_AT + 2, true);
}

/**
 * What a small file unpacks to: at once where it is what the archive says, else piece by piece as far as it goes. Throws what
 * the library throws for bytes that are damaged.
 */
export function* smallUnpacked(
  { compressionMethod, uncompressedSize }: SmallEntry,
  packed: Uint8Array,
): Generator<Uint8Array> {
  if (packed.length === 0) return;
  const isInflated = uncompressedSize > 0 && uncompressedSize <= MOST_UNPACKED;
  const whole = compressionMethod === STORED ? packed : isInflated ? inflated(packed, uncompressedSize) : null;
  if (whole !== null) {
    yield whole;
    return;
  }
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => void (piece.length > 0 && pieces.push(piece)));
  let step = FIRST_STEP;
  for (let at = 0; at < packed.length;) {
    const end = at + step;
    inflate.push(packed.subarray(at, end), end >= packed.length);
    yield* pieces;
    pieces = [];
    at = end;
    step = Math.min(2 * step, STEP_BYTES);
  }
}

/** What packed bytes unpack to; null where that is not of this length, or they are damaged. */
function inflated(packed: Uint8Array, length: number, out = new Uint8Array(length + 1)): Uint8Array | null {
  try {
    // What is longer fills the byte behind it, too.
    const unpacked = inflateSync(packed, { out });
    return unpacked.length === length ? unpacked : null;
  } catch {
    return null;
  }
}
