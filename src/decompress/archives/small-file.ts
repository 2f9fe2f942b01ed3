import {
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_LOCAL_FILE_HEADER_NOT_FOUND,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { inflateTo } from '../deflate/deflate.ts';
import type { AesLock, Decrypted } from './zip-aes.ts';
import { decryptZipCrypto } from './zip-crypto.ts';

/** Files of up to so many packed bytes are unpacked without a stream, which takes longer to set up than they to read. */
const MOST_BYTES = 1 << 16;
/** Of encrypted files: to decrypt one piece by piece takes twice as long as at once. */
const MOST_ENCRYPTED = 1 << 20;
/** A file's own header (APPNOTE.TXT 4.3.7): its mark, and at which place the lengths of its name and of what follows stand. */
const SIGNATURE = 0x04034b50;
export const HEADER_BYTES = 30;
const NAME_LENGTH_AT = 26;
export const STORED = 0;
export const DEFLATED = 8;

/** What the list of an archive says of a small file. */
export interface SmallEntry extends Pick<
  FileEntry,
  'offset' | 'compressedSize' | 'uncompressedSize' | 'compressionMethod' | 'encrypted' | 'zipCrypto'
> {
  /** The byte that tells wrong passwords of ZipCrypto. */
  passwordCheck: number;
  /** What opens a file in AES; null for others. */
  aes: AesLock | null;
}

/** Flags that a file is encrypted, that its CRC-32 follows it, and that its encryption is a later one of PKWARE's. */
export const FLAGS = { encrypted: 0x01, follows: 0x08, later: 0x40 };

/** The byte of the list that tells wrong passwords (APPNOTE.TXT 6.1.6): of the CRC-32, or of the time where that follows. */
export function passwordCheckOf(flags: number, signature: number, time: number): number {
  return (flags & FLAGS.follows) === 0 ? signature >>> 24 : (time >>> 8) & 0xff;
}

/** Bytes of the archive from a place on. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array>;

/** Whether a file is small, and neither packed nor encrypted in one of the rarer ways. */
export function isSmall({
  compressedSize,
  compressionMethod,
  encrypted,
  zipCrypto,
  aes,
}: Omit<SmallEntry, 'passwordCheck'>): boolean {
  const isOpened = aes === null ? !encrypted || zipCrypto : encrypted && compressedSize >= aes.overhead;
  const isUnpacked = compressionMethod === STORED || compressionMethod === DEFLATED;
  return isOpened && isUnpacked && compressedSize <= (encrypted ? MOST_ENCRYPTED : MOST_BYTES);
}

/** The packed bytes of a small file, decrypted. Throws what the library throws where they are not where they should be. */
export async function smallPacked(entry: SmallEntry, read: ReadBytes, password: string): Promise<Decrypted> {
  const { offset, compressedSize } = entry;
  const start = offset + headerLength(await read(offset, HEADER_BYTES));
  const bytes = compressedSize === 0 ? new Uint8Array(0) : await read(start, compressedSize);
  if (bytes.length < compressedSize) throw new Error(ERR_ENTRY_DATA_OUT_OF_BOUNDS);
  return entry.aes === null ? withoutAes(entry, bytes, password) : entry.aes.open(bytes, password);
}

/** Throws what the library throws where a password does not open a small file in AES: to decrypt all of it takes longer. */
export async function checkPassword({ offset, aes }: SmallEntry, read: ReadBytes, password: string): Promise<void> {
  if (aes === null) return;
  const start = offset + headerLength(await read(offset, HEADER_BYTES));
  await aes.check(await read(start, aes.overhead), password);
}

function withoutAes({ encrypted, passwordCheck }: SmallEntry, bytes: Uint8Array, password: string): Decrypted {
  return { packed: encrypted ? decryptZipCrypto(bytes, password, passwordCheck) : bytes, isChanged: false };
}

/** The bytes of a small file as they are in the archive, which is given from its place on; null for too few. */
function bytesOf({ compressedSize }: SmallEntry, archive: Uint8Array): Uint8Array | null {
  if (archive.length < HEADER_BYTES) return null;
  const start = headerLength(archive);
  return archive.length < start + compressedSize ? null : archive.subarray(start, start + compressedSize);
}

/** Derives the keys of a small file in AES of which all bytes are given: it can be unpacked at once then. */
export async function deriveKeys(entry: SmallEntry, archive: Uint8Array, password: string): Promise<void> {
  if (entry.aes === null) return;
  const bytes = bytesOf(entry, archive);
  if (bytes !== null) await entry.aes.derive(bytes, password);
}

/**
 * What a small file unpacks to, of the archive's bytes from its place on, unpacked to the beginning of `out`. Null where
 * that has no room for it, where not all of its bytes or its keys are there, and where it is not as the archive says.
 * Throws where it is damaged.
 */
export function smallAtOnce(
  entry: SmallEntry,
  bytes: Uint8Array,
  out: Uint8Array<ArrayBuffer>,
  password: string,
): Uint8Array | null {
  const { uncompressedSize, compressionMethod, aes } = entry;
  const stored = uncompressedSize > out.length ? null : bytesOf(entry, bytes);
  if (stored === null) return null;
  const opened = aes === null ? withoutAes(entry, stored, password) : aes.openReady(stored, password);
  if (opened === null || opened.isChanged) return null;
  const { packed } = opened;
  if (compressionMethod === DEFLATED) {
    const unpacked = out.subarray(0, uncompressedSize);
    return inflateTo(packed, 0, unpacked).length === uncompressedSize ? unpacked : null;
  }
  if (packed.length !== uncompressedSize) return null;
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
