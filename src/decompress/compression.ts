import { isBzip2 } from './bzip2/bzip2.ts';
import { LZ4_LEGACY_MAGIC, LZ4_MAGIC } from './lz4.ts';
import { isSkippableAt, u32 } from './skippable.ts';
import { ZSTD_MAGIC } from './zstd/frame-header.ts';

export type Compression = 'gzip' | 'zstd' | 'lz4' | 'xz' | 'bzip2';

const GZIP_MAGIC = 0x8b1f;
const XZ_MAGIC = 0x587a37fd;
/** So many bytes tell what a file is packed with. */
export const MAGIC_BYTES = 8;

/** What a file is packed with whose bytes begin at a place; null for none. */
export function compressionAt(bytes: Uint8Array, at: number): Compression | null {
  const magic = u32(bytes, at);
  if ((magic & 0xffff) === GZIP_MAGIC) return 'gzip';
  if (magic === XZ_MAGIC) return 'xz';
  if (isBzip2(bytes, at)) return 'bzip2';
  if (magic === ZSTD_MAGIC) return 'zstd';
  if (magic === LZ4_MAGIC || magic === LZ4_LEGACY_MAGIC) return 'lz4';
  // A skippable frame may begin a file of either kind: what stands behind it says which.
  return isSkippableAt(bytes, at) ? 'zstd' : null;
}

/** What a file is packed with, by its bytes; null for none. */
export function compressionOf(bytes: Uint8Array): Compression | null {
  return bytes.length >= MAGIC_BYTES ? compressionAt(bytes, 0) : null;
}
