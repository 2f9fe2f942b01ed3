import { CRC32S, type Hasher, XXHASH64S } from './checksum.ts';
import type { Compression } from './compression.ts';
import { gunzipTo } from './gzip-whole.ts';
import { u32 } from './skippable.ts';
import { LARGEST_WINDOW } from './zstd/frame-header.ts';
import { WholeZstd } from './zstd/whole.ts';

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
   * Unpacks a file to the beginning of `out`; comes back with the length. Null where that has no room for it, for what is packed
   * in another way, and where anything is not as it should be: a stream says what, and gives the rest.
   */
  unpack(compression: Compression, packed: Uint8Array, out: Uint8Array): number | null {
    try {
      if (compression === 'gzip') {
        // Its end says how long it becomes: what has no room is not unpacked to see.
        return u32(packed, packed.length - 4) > out.length ? null : gunzipTo(packed, out, this.crc);
      }
      return compression === 'zstd' ? this.zstd.unpackTo(packed, out) : null;
    } catch {
      return null;
    }
  }
}
