import { createXXHash32 } from 'hash-wasm';
import { ByteWriter } from '../bytes.ts';

const hasher = await createXXHash32();

export interface Lz4Options {
  /** Bytes of each block before packing, at most 64 KiB. */
  blockBytes?: number;
  /** Blocks that go on from the ones before. */
  linked?: boolean;
  /** Checksums of each block and of the content. */
  checksums?: boolean;
  /** The content's size in the frame's header. */
  contentSize?: boolean;
}

const STORED = 0x8000_0000;
const SHORTEST_MATCH = 4;
/** The format wants the last five bytes of a block to be literals, and no match to begin in the last twelve. */
const LAST_MATCH = 12;

/**
 * An LZ4 frame (frame format 1.6) with blocks of up to 64 KiB, packed with the longest match of an equal 4-byte start.
 */
export function lz4(bytes: Uint8Array, options: Lz4Options = {}): Uint8Array<ArrayBuffer> {
  const { blockBytes = 65_536, linked = false, checksums = false, contentSize = false } = options;
  const flags = 0x40 | (linked ? 0 : 0x20) | (checksums ? 0x14 : 0) | (contentSize ? 0x08 : 0);
  const file = new ByteWriter(true).u32(0x184d2204).u8(flags).u8(0x40);
  if (contentSize) file.u64(BigInt(bytes.length));
  file.u8((xxHash32(file.finish().subarray(4)) >>> 8) & 0xff);
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const end = Math.min(bytes.length, start + blockBytes);
    const packed = lz4Block(bytes, start, end, linked ? Math.max(0, start - 65_535) : start);
    const stored = packed.length >= end - start;
    const block = stored ? bytes.subarray(start, end) : packed;
    file.u32((stored ? STORED | block.length : block.length) >>> 0).bytes(block);
    if (checksums) file.u32(xxHash32(block));
  }
  file.u32(0);
  if (checksums) file.u32(xxHash32(bytes));
  return file.finish();
}

function xxHash32(bytes: Uint8Array): number {
  return Number.parseInt(hasher.init().update(bytes).digest('hex'), 16);
}

/** A frame of the legacy form: blocks behind their packed size. */
export function lz4Legacy(bytes: Uint8Array, blockBytes = 1 << 23): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter(true).u32(0x184c2102);
  for (let start = 0; start < bytes.length; start += blockBytes) {
    const packed = lz4Block(bytes, start, Math.min(bytes.length, start + blockBytes), start);
    file.u32(packed.length).bytes(packed);
  }
  return file.finish();
}

/** One block of `bytes[start, end)`; matches may reach back to `history`. */
function lz4Block(bytes: Uint8Array, start: number, end: number, history: number): Uint8Array<ArrayBuffer> {
  const block = new ByteWriter(true);
  const places = new Map<number, number>();
  const keyAt = (at: number): number =>
    (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
  for (let at = history; at < start; at++) places.set(keyAt(at), at);
  let literals = start;
  let at = start;
  while (at < end - LAST_MATCH) {
    const match = places.get(keyAt(at));
    places.set(keyAt(at), at);
    if (match === undefined || at - match > 65_535) {
      at++;
      continue;
    }
    let length = SHORTEST_MATCH;
    while (at + length < end - 5 && bytes[match + length] === bytes[at + length]) length++;
    sequence(block, bytes.subarray(literals, at), at - match, length);
    at += length;
    literals = at;
  }
  sequence(block, bytes.subarray(literals, end), 0, SHORTEST_MATCH);
  return block.finish();
}

/** Literals and a match; a distance of 0 stands for none, at a block's end. */
function sequence(block: ByteWriter, literals: Uint8Array, distance: number, length: number): void {
  const rest = length - SHORTEST_MATCH;
  block.u8((Math.min(15, literals.length) << 4) | Math.min(15, rest));
  if (literals.length >= 15) more(block, literals.length - 15);
  block.bytes(literals);
  if (distance === 0) return;
  block.u16(distance);
  if (rest >= 15) more(block, rest - 15);
}

function more(block: ByteWriter, count: number): void {
  let left = count;
  for (; left >= 255; left -= 255) block.u8(255);
  block.u8(left);
}
