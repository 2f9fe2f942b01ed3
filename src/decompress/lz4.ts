import { createXXHash32 } from 'hash-wasm';
import { CaptureError } from 'pcap-ts-parser';
import { type Checksums, checksumOf } from './checksum.ts';
import { Idle } from './idle.ts';
import type { CompressedInput } from './input.ts';
import { LZ4_HISTORY, unpackBlock } from './lz4-block.ts';
import { isSkippable, skipFrame, u32 } from './skippable.ts';
import { TOGETHER, withRest } from './together.ts';

export const LZ4_MAGIC = 0x184d2204;
export const LZ4_LEGACY_MAGIC = 0x184c2102;

const LEGACY_BLOCK = 1 << 23;
const STORED = 0x8000_0000;
const CHECKSUM_BYTES = 4;

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

const HASHERS = new Idle(createXXHash32);
/** Megabytes each. */
const UNPACKERS = new Idle(() => new BlockUnpacker(), 1);

/** What all frames of a file share. */
interface Shared {
  input: CompressedInput;
  unpacker: BlockUnpacker;
  /** Of headers and blocks, and of contents: making one takes longer than a small frame. */
  hasher: Awaited<ReturnType<typeof createXXHash32>>;
  content: Awaited<ReturnType<typeof createXXHash32>>;
  checksums: Checksums;
}

/**
 * Unpacks LZ4 frames, one after another, block by block: blocks that stand alone or go on from the last 64 KiB, stored
 * ones, and the legacy frame. Checksums of headers, blocks and contents are compared. No maintained and typed library
 * streams them.
 */
export async function* unpackLz4(open: () => CompressedInput, checksums: Checksums): AsyncGenerator<Uint8Array> {
  const input = open();
  const [hasher, content] = [await HASHERS.take(), await HASHERS.take()];
  const unpacker = await UNPACKERS.take();
  const shared: Shared = { input, unpacker, hasher, content, checksums };
  try {
    while (await input.has(4)) {
      const magic = u32(input.bytes, input.start);
      if (isSkippable(input)) {
        await skipFrame(input, 'lz4');
      } else if (magic === LZ4_MAGIC) {
        yield* withRest(unpacker, unpackFrame(shared));
      } else if (magic === LZ4_LEGACY_MAGIC) {
        yield* withRest(unpacker, unpackLegacyFrame(shared));
      } else {
        throw damaged(input, 'what follows a frame is not another frame');
      }
    }
  } finally {
    HASHERS.give(hasher, content);
    UNPACKERS.give(unpacker);
  }
}

async function* unpackFrame({ input, unpacker, hasher, content, checksums }: Shared): AsyncGenerator<Uint8Array> {
  await input.need(7, 'lz4');
  const flags = input.bytes[input.start + 4];
  const blockBytes = BLOCK_SIZES.get((input.bytes[input.start + 5] >> 4) & 7);
  if (blockBytes === undefined) throw damaged(input, 'a frame has a block size that the format does not know');
  const header = 7 + ((flags & CONTENT_SIZE) === 0 ? 0 : 8) + ((flags & DICTIONARY) === 0 ? 0 : 4);
  await input.need(header, 'lz4');
  hasher.init().update(input.bytes.subarray(input.start + 4, input.start + header - 1));
  if (((checksumOf(hasher) >>> 8) & 0xff) !== input.bytes[input.start + header - 1])
    checksums.mismatch(input.offset + header - 1, 'the header of an lz4 frame (xxHash32)');
  input.start += header;

  const hasChecksum = (flags & CONTENT_CHECKSUM) !== 0;
  content.init();
  unpacker.begin(blockBytes);
  for (;;) {
    if (!input.holds(4)) await input.need(4, 'lz4');
    const size = u32(input.bytes, input.start);
    input.start += 4;
    if (size === 0) break;
    const length = size & ~STORED;
    if (length > blockBytes) throw damaged(input, `a block claims ${length} bytes`);
    if (!input.holds(length)) await input.need(length, 'lz4');
    const isChecked = (flags & BLOCK_CHECKSUM) !== 0;
    if (isChecked) hasher.init().update(input.bytes.subarray(input.start, input.start + length));
    const unpacked = unpacker.unpack(input, length, (size & STORED) !== 0);
    if (hasChecksum) content.update(unpacked);
    if (unpacker.isFull) yield unpacker.take();
    if (isChecked) {
      await input.need(CHECKSUM_BYTES, 'lz4');
      compare(input, checksumOf(hasher), checksums, 'a block of an lz4 frame (xxHash32)');
    }
  }
  if (hasChecksum) {
    await input.need(CHECKSUM_BYTES, 'lz4');
    compare(input, checksumOf(content), checksums, 'an lz4 frame (xxHash32)');
  }
}

function compare(input: CompressedInput, checksum: number, checksums: Checksums, what: string): void {
  if (u32(input.bytes, input.start) !== checksum) checksums.mismatch(input.offset, what);
  input.start += CHECKSUM_BYTES;
}

/** Blocks of 8 MiB, each behind its packed size, up to the end or the next frame's magic number. */
async function* unpackLegacyFrame({ input, unpacker }: Shared): AsyncGenerator<Uint8Array> {
  input.start += 4;
  unpacker.begin(LEGACY_BLOCK);
  while (input.holds(4) || (await input.has(4))) {
    const length = u32(input.bytes, input.start);
    if (length === LZ4_MAGIC || length === LZ4_LEGACY_MAGIC || isSkippable(input)) return;
    if (length > 2 * LEGACY_BLOCK) throw damaged(input, `a block claims ${length} bytes`);
    input.start += 4;
    if (!input.holds(length)) await input.need(length, 'lz4');
    unpacker.unpack(input, length, false);
    if (unpacker.isFull) yield unpacker.take();
  }
}

/** Room beyond a block and its history: the history moves only once in so many bytes, however small blocks are. */
const SLACK = 1 << 20;

/**
 * Unpacks blocks behind 64 KiB of what came before in their frame: a block that stands alone never looks there. One
 * buffer serves all frames of a file. What `take` gives lies in it until the next call of `unpack`, and has to be taken
 * whenever the unpacker is full.
 */
export class BlockUnpacker {
  private out = new Uint8Array(0);
  private end = 0;
  /** Where that begins which was not taken yet. */
  private taken = 0;
  private blockBytes = 0;
  /** Bytes of history that were moved so far: what the work is, for tests. */
  moved = 0;

  get room(): number {
    return this.out.length;
  }

  /** Begins a frame whose blocks unpack to at most `blockBytes`. */
  begin(blockBytes: number): void {
    const room = LZ4_HISTORY + blockBytes + SLACK;
    if (this.out.length < room) this.out = new Uint8Array(room);
    this.blockBytes = blockBytes;
    this.end = this.taken = 0;
  }

  get isFull(): boolean {
    return this.end - this.taken >= TOGETHER || this.end + this.blockBytes > this.out.length;
  }

  /** What was unpacked since the last call. */
  take(): Uint8Array {
    const unpacked = this.out.subarray(this.taken, this.end);
    this.taken = this.end;
    return unpacked;
  }

  /** Unpacks a block; comes back with its own bytes. */
  unpack(input: CompressedInput, length: number, stored: boolean): Uint8Array {
    const { out } = this;
    if (this.end + this.blockBytes > out.length) {
      const history = Math.min(this.end, LZ4_HISTORY);
      out.copyWithin(0, this.end - history, this.end);
      this.moved += history;
      this.end = this.taken = history;
    }
    const start = this.end;
    const packed = input.bytes.subarray(input.start, input.start + length);
    let end = start + length;
    if (stored) out.set(packed, start);
    else end = unpackBlock(packed, out.subarray(0, start + this.blockBytes), start);
    if (end < 0) throw damaged(input, 'a block cannot be unpacked');
    input.start += length;
    this.end = end;
    return out.subarray(start, end);
  }
}

function damaged(input: CompressedInput, what: string): CaptureError {
  return new CaptureError('bad-compression', input.offset, `the lz4 data is damaged: ${what}`);
}
