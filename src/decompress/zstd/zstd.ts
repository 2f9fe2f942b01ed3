import { CaptureError } from 'pcap-ts-parser';
import { type Checksums, checksumOf, type Hasher, XXHASH64S } from '../checksum.ts';
import { Idle } from '../idle.ts';
import type { CompressedInput } from '../input.ts';
import { isSkippable, skipFrame, u32 } from '../skippable.ts';
import { withRest } from '../together.ts';
import { BLOCK_HEADER, blockHeader, BlockUnpacker } from './block.ts';
import { CHECKSUM_BYTES, frameHeader, LARGEST_WINDOW, LEAST_HEADER, ZSTD_MAGIC } from './frame-header.ts';
import { LARGEST_BLOCK, Window } from './window.ts';

/** What small files are unpacked in. */
const ROOMS = new Idle(() => ({ window: new Window(), blocks: new BlockUnpacker() }));
const MOST_IDLE_BYTES = 2 * LARGEST_BLOCK;

/** What all frames of a file share. */
interface Shared {
  input: CompressedInput;
  window: Window;
  blocks: BlockUnpacker;
  hasher: Hasher;
  checksums: Checksums;
}

/**
 * Unpacks zstd (RFC 8878), frame after frame and block after block, so that what a frame unpacks to comes out 128 KiB at
 * a time, however small it was packed. No library that runs here bounds what a block costs.
 */
export async function* unpackZstd(open: () => CompressedInput, checksums: Checksums): AsyncGenerator<Uint8Array> {
  const input = open();
  const hasher = await XXHASH64S.take();
  const room = await ROOMS.take();
  const shared: Shared = { input, ...room, hasher, checksums };
  try {
    while (await input.has(4)) {
      if (isSkippable(input)) await skipFrame(input, 'zstd');
      else yield* withRest(room.window, unpackFrame(shared));
    }
  } finally {
    XXHASH64S.give(hasher);
    if (room.window.bytes.length <= MOST_IDLE_BYTES) ROOMS.give(room);
  }
}

async function* unpackFrame({ input, window, blocks, hasher, checksums }: Shared): AsyncGenerator<Uint8Array> {
  if (u32(input.bytes, input.start) !== ZSTD_MAGIC) throw fault(input, 'what follows a frame is not a frame');
  await input.need(LEAST_HEADER, 'zstd');
  const { length } = frameHeader(input.bytes, input.start);
  await input.need(length, 'zstd');
  const header = frameHeader(input.bytes, input.start);
  const windowBytes = header.windowBytes();
  if (header.hasDictionary) throw fault(input, 'it was packed with a dictionary, which is not in the file');
  if (windowBytes > LARGEST_WINDOW) {
    throw new CaptureError(
      'bad-compression',
      input.offset,
      `the zstd data needs a window of ${windowBytes} bytes, more than the ${LARGEST_WINDOW} that are kept: ` +
        'unpack it with "zstd -d --long=31 FILE"',
    );
  }
  input.start += length;
  hasher.init();
  window.begin(windowBytes);
  blocks.begin();
  for (let isLast = false; !isLast;) {
    if (!input.holds(BLOCK_HEADER)) await input.need(BLOCK_HEADER, 'zstd');
    const block = blockHeader(input.bytes, input.start);
    if (!input.holds(BLOCK_HEADER + block.packed)) await input.need(BLOCK_HEADER + block.packed, 'zstd');
    window.makeRoom();
    const { bytes: out, end: to, history } = window;
    window.end = blocks.unpack(block, input.bytes, input.start + BLOCK_HEADER, { out, to, history });
    input.start += BLOCK_HEADER + block.packed;
    if (header.hasChecksum) hasher.update(out.subarray(to, window.end));
    if (window.isFull) yield window.take();
    ({ isLast } = block);
  }
  if (!header.hasChecksum) return;
  await input.need(CHECKSUM_BYTES, 'zstd');
  if (u32(input.bytes, input.start) !== checksumOf(hasher)) checksums.mismatch(input.offset, 'a zstd frame (xxHash64)');
  input.start += CHECKSUM_BYTES;
}

function fault(input: CompressedInput, what: string): CaptureError {
  return new CaptureError('bad-compression', input.offset, `the zstd data is damaged: ${what}`);
}
