import { checksumOf, type Hasher } from '../checksum.ts';
import { isSkippableAt, u32 } from '../skippable.ts';
import { BLOCK_HEADER, blockHeader, BlockUnpacker } from './block.ts';
import { CHECKSUM_BYTES, frameHeader, ZSTD_MAGIC } from './frame-header.ts';

/** Unpacks zstd that is there as a whole, one after another. */
export class WholeZstd {
  private readonly blocks = new BlockUnpacker();
  private readonly hasher: Hasher | null;
  private readonly largestWindow: number;

  /**
   * @param hasher checks the frames' checksums; without it they are passed over
   * @param largestWindow frames that ask for a larger one are refused
   */
  constructor(hasher: Hasher | null = null, largestWindow = Number.POSITIVE_INFINITY) {
    this.hasher = hasher;
    this.largestWindow = largestWindow;
  }

  /** Unpacks all frames to `out`, which they fill to the last byte. Throws where they are damaged or do not fit. */
  unpack(packed: Uint8Array, out: Uint8Array): void {
    const length = this.unpackTo(packed, out);
    if (length !== out.length) throw new Error(`${length} bytes instead of ${out.length}`);
  }

  /** Unpacks all frames to the beginning of `out`; comes back with how much of it they fill. */
  unpackTo(packed: Uint8Array, out: Uint8Array): number {
    let to = 0;
    let at = 0;
    while (at < packed.length) {
      if (isSkippableAt(packed, at)) {
        at += 8 + u32(packed, at + 4);
        continue;
      }
      const { length, hasChecksum, hasDictionary, windowBytes } = frameHeader(packed, at);
      if (u32(packed, at) !== ZSTD_MAGIC || hasDictionary) throw new Error('what is packed is no frame');
      const most = windowBytes();
      if (most > this.largestWindow) throw new Error(`a window of ${most} bytes`);
      at += length;
      this.blocks.begin();
      const start = to;
      for (let isLast = false; !isLast;) {
        const block = blockHeader(packed, at);
        at += BLOCK_HEADER;
        if (at + block.packed > packed.length) throw new Error('it ends too early');
        to = this.blocks.unpack(block, packed, at, { out, to, history: Math.min(most, to - start) });
        at += block.packed;
        ({ isLast } = block);
      }
      if (!hasChecksum) continue;
      this.check(out.subarray(start, to), u32(packed, at));
      at += CHECKSUM_BYTES;
    }
    if (at > packed.length) throw new Error('it ends too early');
    return to;
  }

  private check(unpacked: Uint8Array, checksum: number): void {
    const { hasher } = this;
    if (hasher === null) return;
    hasher.init();
    hasher.update(unpacked);
    if (checksumOf(hasher) !== checksum) throw new Error('its checksum is wrong');
  }
}
