import { createXXHash64 } from 'hash-wasm';
import { ByteWriter } from '../bytes.ts';

const hasher = await createXXHash64();

const LARGEST_BLOCK = 1 << 17;

/** A zstd frame (RFC 8878) of blocks that are stored, or one byte repeated where all of a block are equal. */
export function zstd(
  bytes: Uint8Array,
  { windowExponent = 17, blockBytes = LARGEST_BLOCK, checksum = false } = {},
): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter(true)
    .u32(0xfd2fb528)
    .u8(checksum ? 4 : 0)
    .u8((windowExponent - 10) << 3);
  let start = 0;
  do {
    const block = bytes.subarray(start, start + blockBytes);
    start += blockBytes;
    const repeated = block.length > 0 && block.every((byte) => byte === block[0]);
    const header = (block.length << 3) | (repeated ? 2 : 0) | (start >= bytes.length ? 1 : 0);
    file
      .u8(header & 0xff)
      .u8((header >> 8) & 0xff)
      .u8(header >> 16)
      .bytes(repeated ? block.subarray(0, 1) : block);
  } while (start < bytes.length);
  if (checksum) file.u32(Number.parseInt(hasher.init().update(bytes).digest('hex').slice(8), 16));
  return file.finish();
}

/** A zstd bomb: blocks of 128 KiB of zeros, in four bytes each. */
export function zstdOfZeros(blocks: number): Uint8Array<ArrayBuffer> {
  return zstd(new Uint8Array(blocks * LARGEST_BLOCK));
}

/** A frame that readers pass over; LZ4 has the same. */
export function skippableFrame(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new ByteWriter(true).u32(0x184d2a53).u32(content.length).bytes(content).finish();
}

/** A frame of eight bytes that are stored, and a compressed block of `sequences` that each copy 65,539 bytes. */
export function zstdOfLongMatches(sequences: number): Uint8Array<ArrayBuffer> {
  const block = new ByteWriter(true)
    .bytes(Uint8Array.of(1 << 3, 0x41, 255))
    .u16(sequences - 0x7f00)
    // One code for all: no literals, the offset of before, the longest match, which has 16 bits of its own.
    .bytes(Uint8Array.of(0x54, 0, 0, 52))
    .bytes(new Uint8Array(2 * sequences))
    .u8(1);
  return zstdOfBlock(block.finish(), [8 << 3, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

/** A frame of one compressed block whose Huffman tree has weights of one kind, told by no bits at all. */
export function zstdOfEndlessTree(): Uint8Array<ArrayBuffer> {
  return zstdOfBlock(Uint8Array.of(2 | (10 << 4), 7 << 6, 1, 4, 0xf1, 0x07, 0xff, 0xff, 0x41, 1, 0));
}

/** A frame of one compressed block, with blocks before it. */
export function zstdOfBlock(block: Uint8Array, before: readonly number[] = []): Uint8Array<ArrayBuffer> {
  const header = (block.length << 3) | 4 | 1;
  return new ByteWriter(true)
    .u32(0xfd2fb528)
    .u8(0)
    .u8(7 << 3)
    .bytes(Uint8Array.from(before))
    .bytes(Uint8Array.of(header & 0xff, (header >> 8) & 0xff, header >> 16))
    .bytes(block)
    .finish();
}

/** 150 lines of a log as "zstd -19" packs them: a tree, tables and sequences. */
export const ZSTD_LINES = new Uint8Array(
  Buffer.from(
    'KLUv/QRo5QgAVlElFYBLocUAPlwE0EM5RCK7d0ahTSyx6CYAHQAbAHZNz+/yUHiaJTmuikOcmFURzbweZCCBgaABQWEBQQDgoMAA' +
      'IEAMQ5wVzYrMWHzbNT2/y0PhaZbkuCoOcVY0KzJj8R3C0yzJcVUc4qxoVmTG4tuu6fldHgpPsyTHVTGHmp7f5aHwNEtyXBWHOCua' +
      'FZmx+LZren6XhwGAnagRcPX2OzBJQekBESQECENYInw/wEEuXN9gQw09schkVrSowQY6Ih0czBUuN2ysQY8YMpsFLTWwQQ8oUwzl' +
      'wvUGG2rYg5VMZqFFDTakA9PEyFxwuWHjGnTEIdMsaKkRG3SgWOEgF643sqEGjTNMMu1luAwuwktwEVwGcGFZr1XAUAMSVDAZ',
    'base64',
  ),
);
