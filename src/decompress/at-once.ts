import { gunzipSync } from 'fflate';
import { checksumOf, CRC32S, type Hasher, XXHASH64S } from './checksum.ts';
import type { Compression } from './compression.ts';
import { u32 } from './skippable.ts';
import { LARGEST_WINDOW } from './zstd/frame-header.ts';
import { WholeZstd } from './zstd/whole.ts';

/** What each member of a gzip file begins with. */
const MAGIC = [0x1f, 0x8b, 0x08];
/** Flags of a gzip header (RFC 1952, section 2.3.1) that need nothing done: that a name follows. */
const PLAIN_FLAGS = 0x08;
const FLAGS_AT = 3;
/** A header and a trailer of CRC-32 and length. */
const LEAST_GZIP = 18;

/** Unpacks small files that are there as a whole without a stream, which takes longer to set up than they to unpack. */
export class AtOnce {
  private readonly crc: Hasher;
  private readonly zstd: WholeZstd;

  private constructor(crc: Hasher, xxHash: Hasher) {
    this.crc = crc;
    this.zstd = new WholeZstd(xxHash, LARGEST_WINDOW);
  }

  static async ready(): Promise<AtOnce> {
    return new AtOnce(await CRC32S.take(), await XXHASH64S.take());
  }

  /**
   * Unpacks a file to the beginning of `out`; comes back with the length. Null where that has no room for it or a byte less,
   * for what is packed in another way, and where anything is not as it should be: a stream says what, and gives the rest.
   */
  unpack(compression: Compression, packed: Uint8Array, out: Uint8Array): number | null {
    try {
      if (compression === 'gzip') return this.gunzip(packed, out);
      return compression === 'zstd' ? this.zstd.unpackTo(packed, out) : null;
    } catch {
      return null;
    }
  }

  private gunzip(packed: Uint8Array, out: Uint8Array): number | null {
    const { length } = packed;
    if (length < LEAST_GZIP || (packed[FLAGS_AT] & ~PLAIN_FLAGS) !== 0 || hasNext(packed)) return null;
    const told = u32(packed, length - 4);
    if (told >= out.length) return null;
    // What is longer fills the byte behind it, too.
    const unpacked = gunzipSync(packed, { out: out.subarray(0, told + 1) });
    if (unpacked.length !== told) return null;
    this.crc.init();
    this.crc.update(unpacked);
    return checksumOf(this.crc) === u32(packed, length - 8) ? told : null;
  }
}

/** Whether there may be another member behind the first: the library stops at its end, wherever that is. */
function hasNext(packed: Uint8Array): boolean {
  for (let at = packed.indexOf(MAGIC[0], 1); at >= 0; at = packed.indexOf(MAGIC[0], at + 1))
    if (MAGIC.every((byte, index) => packed[at + index] === byte)) return true;
  return false;
}
