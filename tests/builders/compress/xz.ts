import { crc32 } from 'node:zlib';
import { ByteWriter } from '../bytes.ts';

const LARGEST_CHUNK = 1 << 16;
const CRC32_CHECK = 1;
export const SHA256_CHECK = 10;

/**
 * An .xz file (format 1.1.0) of one block, whose LZMA2 chunks are stored; its dictionary is of 2 ** `exponent` bytes.
 * It says that its check is of the kind given, and has a CRC-32.
 */
export function xz(bytes: Uint8Array, exponent = 20, check = CRC32_CHECK): Uint8Array<ArrayBuffer> {
  const flags = Uint8Array.of(0, check);
  const stored = lzma2(bytes);
  // Header of 12 bytes: its size, no flags, filter LZMA2 with its dictionary's size, filled up, and its check sum.
  const header = new ByteWriter(true)
    .u8(2)
    .u8(0)
    .u8(0x21)
    .u8(1)
    .u8(2 * (exponent - 12))
    .u8(0)
    .u8(0)
    .u8(0)
    .finish();
  const unpadded = header.length + 4 + stored.length + 4;
  const index = new ByteWriter(true)
    .u8(0)
    .bytes(variable(1))
    .bytes(variable(unpadded))
    .bytes(variable(bytes.length))
    .align(4)
    .finish();
  const footer = new ByteWriter(true)
    .u32((index.length + 4) / 4 - 1)
    .bytes(flags)
    .finish();
  return new ByteWriter(true)
    .bytes(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0))
    .bytes(flags)
    .u32(crc32(flags))
    .bytes(header)
    .u32(crc32(header))
    .bytes(stored)
    .align(4)
    .u32(crc32(bytes))
    .bytes(index)
    .u32(crc32(index))
    .u32(crc32(footer))
    .bytes(footer)
    .text('YZ')
    .finish();
}

/** Chunks that are stored: the first resets the dictionary. */
function lzma2(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = new ByteWriter(false);
  for (let start = 0; start < bytes.length; start += LARGEST_CHUNK) {
    const chunk = bytes.subarray(start, start + LARGEST_CHUNK);
    chunks
      .u8(start === 0 ? 1 : 2)
      .u16(chunk.length - 1)
      .bytes(chunk);
  }
  return chunks.u8(0).finish();
}

/** Seven bits a byte, lowest first; the highest bit says that more follow. */
function variable(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  return Uint8Array.from([...bytes, left]);
}
