import { isSkippableAt, u32 } from '../skippable.ts';
import { BLOCK_HEADER, blockHeader, BlockUnpacker } from './block.ts';
import { CHECKSUM_BYTES, frameHeader, ZSTD_MAGIC } from './frame-header.ts';

/** Unpacks zstd that is there as a whole, one after another. */
export class WholeZstd {
  private readonly blocks = new BlockUnpacker();

  /** Unpacks all frames to `out`, which they fill to the last byte. Throws where they are damaged or do not fit. */
  unpack(packed: Uint8Array, out: Uint8Array): void {
    let to = 0;
    let at = 0;
    while (at < packed.length) {
      if (isSkippableAt(packed, at)) {
        at += 8 + u32(packed, at + 4);
        continue;
      }
      const { length, hasChecksum, hasDictionary } = frameHeader(packed, at);
      if (u32(packed, at) !== ZSTD_MAGIC || hasDictionary) throw new Error('what is packed is no frame');
      at += length;
      this.blocks.begin();
      const start = to;
      for (let isLast = false; !isLast;) {
        const block = blockHeader(packed, at);
        at += BLOCK_HEADER;
        if (at + block.packed > packed.length) throw new Error('it ends too early');
        to = this.blocks.unpack(block, packed, at, { out, to, history: to - start });
        at += block.packed;
        ({ isLast } = block);
      }
      if (hasChecksum) at += CHECKSUM_BYTES;
    }
    if (at > packed.length) throw new Error('it ends too early');
    if (to !== out.length) throw new Error(`${to} bytes instead of ${out.length}`);
  }
}
