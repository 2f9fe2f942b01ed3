import {
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_LOCAL_FILE_HEADER_NOT_FOUND,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { inflateTo } from '../deflate/deflate.ts';

/** Files of up to so many packed bytes are unpacked without a stream, which takes longer to set up than they to read. */
const MOST_BYTES = 1 << 16;
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
 * has no room for it, where not all of its bytes are there, and where it is not as long as the archive says. Throws where it
 * is damaged.
 */
export function smallAtOnce(
  { compressedSize, uncompressedSize, compressionMethod }: SmallEntry,
  bytes: Uint8Array,
  out: Uint8Array<ArrayBuffer>,
): Uint8Array | null {
  if (bytes.length < HEADER_BYTES || uncompressedSize > out.length) return null;
  const start = headerLength(bytes);
  const packed = bytes.subarray(start, start + compressedSize);
  if (packed.length < compressedSize) return null;
  if (compressionMethod === DEFLATED) {
    const unpacked = out.subarray(0, uncompressedSize);
    return inflateTo(packed, 0, unpacked).length === uncompressedSize ? unpacked : null;
  }
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
