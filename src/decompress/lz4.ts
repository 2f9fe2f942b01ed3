import { CaptureError } from 'pcap-ts-parser';
import type { CompressedInput } from './input.ts';
import { LZ4_HISTORY, unpackBlock } from './lz4-block.ts';
import { isSkippable, skipFrame, u32 } from './skippable.ts';

export const LZ4_MAGIC = 0x184d2204;
export const LZ4_LEGACY_MAGIC = 0x184c2102;

const LEGACY_BLOCK = 1 << 23;
const STORED = 0x8000_0000;

/** Frame descriptor flags (LZ4 frame format, version 1.6). */
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;
const DICTIONARY = 0x01;
/** Block maximum sizes by their number in the descriptor. */
const BLOCK_SIZES = new Map([
  [4, 1 << 16],
  [5, 1 << 18],
  [6, 1 << 20],
  [7, 1 << 22],
]);

/**
 * Unpacks LZ4 frames, one after another, block by block: blocks that stand alone or go on from the last 64 KiB, stored
 * ones, and the legacy frame. Checksums are passed over. No maintained and typed library streams them.
 */
export async function* unpackLz4(open: () => CompressedInput): AsyncGenerator<Uint8Array> {
  const input = open();
  while (await input.has(4)) {
    const magic = u32(input.bytes, input.start);
    if (isSkippable(input)) {
      await skipFrame(input, 'lz4');
    } else if (magic === LZ4_MAGIC) {
      yield* unpackFrame(input);
    } else if (magic === LZ4_LEGACY_MAGIC) {
      yield* unpackLegacyFrame(input);
    } else {
      throw damaged(input, 'what follows a frame is no frame');
    }
  }
}

async function* unpackFrame(input: CompressedInput): AsyncGenerator<Uint8Array> {
  await input.need(7, 'lz4');
  const flags = input.bytes[input.start + 4];
  const blockBytes = BLOCK_SIZES.get((input.bytes[input.start + 5] >> 4) & 7);
  if (blockBytes === undefined) throw damaged(input, 'a frame names no known block size');
  const header = 7 + ((flags & CONTENT_SIZE) === 0 ? 0 : 8) + ((flags & DICTIONARY) === 0 ? 0 : 4);
  await input.need(header, 'lz4');
  input.start += header;

  const unpacker = new BlockUnpacker(blockBytes);
  for (;;) {
    await input.need(4, 'lz4');
    const size = u32(input.bytes, input.start);
    input.start += 4;
    if (size === 0) break;
    const length = size & ~STORED;
    if (length > blockBytes) throw damaged(input, `a block claims ${length} bytes`);
    await input.need(length, 'lz4');
    yield unpacker.unpack(input, length, (size & STORED) !== 0);
    if ((flags & BLOCK_CHECKSUM) !== 0) {
      await input.need(4, 'lz4');
      input.start += 4;
    }
  }
  if ((flags & CONTENT_CHECKSUM) !== 0) {
    await input.need(4, 'lz4');
    input.start += 4;
  }
}

/** Blocks of 8 MiB, each behind its packed size, up to the end or the next frame's magic number. */
async function* unpackLegacyFrame(input: CompressedInput): AsyncGenerator<Uint8Array> {
  input.start += 4;
  const unpacker = new BlockUnpacker(LEGACY_BLOCK);
  while (await input.has(4)) {
    const length = u32(input.bytes, input.start);
    if (length === LZ4_MAGIC || length === LZ4_LEGACY_MAGIC || isSkippable(input)) return;
    if (length > 2 * LEGACY_BLOCK) throw damaged(input, `a block claims ${length} bytes`);
    input.start += 4;
    await input.need(length, 'lz4');
    yield unpacker.unpack(input, length, false);
  }
}

/** Unpacks blocks of one frame behind 64 KiB of what came before: a block that stands alone never looks there. */
class BlockUnpacker {
  private readonly out: Uint8Array;
  private history = 0;

  constructor(blockBytes: number) {
    this.out = new Uint8Array(LZ4_HISTORY + blockBytes);
  }

  unpack(input: CompressedInput, length: number, stored: boolean): Uint8Array {
    const { out, history } = this;
    const packed = input.bytes.subarray(input.start, input.start + length);
    let end = history + length;
    if (stored) out.set(packed, history);
    else end = unpackBlock(packed, out, history);
    if (end < 0) throw damaged(input, 'a block does not unpack');
    input.start += length;
    const unpacked = out.slice(history, end);
    this.history = Math.min(end, LZ4_HISTORY);
    out.copyWithin(0, end - this.history, end);
    return unpacked;
  }
}

function damaged(input: CompressedInput, what: string): CaptureError {
  return new CaptureError('bad-compression', input.offset, `the lz4 data is damaged: ${what}`);
}
