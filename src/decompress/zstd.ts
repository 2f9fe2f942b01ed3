import { Decompress } from 'fzstd';
import { createXXHash64 } from 'hash-wasm';
import { CaptureError } from 'pcap-ts-parser';
import { type Checksums, checksumOf } from './checksum.ts';
import type { CompressedInput } from './input.ts';
import { isSkippable, skipFrame, u32 } from './skippable.ts';
import { ZstdBlockGuard } from './zstd-block.ts';
import { ZstdWindow } from './zstd-window.ts';

export const ZSTD_MAGIC = 0xfd2fb528;

/**
 * Frames may ask for windows of terabytes; the format's own recommendation is to support 8 MiB, `--long` uses 128 MiB.
 */
const LARGEST_WINDOW = 1 << 27;
const BLOCK_HEADER = 3;
const RLE = 1;
const CHECKSUM_BYTES = 4;

/**
 * A frame header as the library is given it, whatever the frame's own says: no checksum, which is compared here, and
 * the smallest window that lets any block through, since the window is kept here. Four empty blocks follow, for the
 * library waits for 18 bytes before it begins.
 */
const PREAMBLE = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/**
 * Unpacks zstd (RFC 8878), frame after frame. The library is given one block at a time, so that what a frame unpacks
 * to comes out 128 KiB at a time, however small it was packed.
 */
export async function* unpackZstd(open: () => CompressedInput, checksums: Checksums): AsyncGenerator<Uint8Array> {
  const input = open();
  const window = new ZstdWindow();
  const guard = new ZstdBlockGuard();
  while (await input.has(4)) {
    if (isSkippable(input)) await skipFrame(input, 'zstd');
    else yield* unpackFrame(input, window, guard, checksums);
  }
}

async function* unpackFrame(
  input: CompressedInput,
  window: ZstdWindow,
  guard: ZstdBlockGuard,
  checksums: Checksums,
): AsyncGenerator<Uint8Array> {
  if (u32(input.bytes, input.start) !== ZSTD_MAGIC) throw fault(input, 'what follows a frame is not a frame');
  await input.need(6, 'zstd');
  const header = frameHeader(input);
  await input.need(header.length, 'zstd');
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
  input.start += header.length;
  const hasher = header.hasChecksum ? await createXXHash64() : null;
  hasher?.init();
  let unpacked: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => {
    window.detach(decompress, chunk);
    if (chunk.length > 0) unpacked.push(chunk);
  });
  window.begin(windowBytes);
  decompress.push(PREAMBLE);
  guard.watch(decompress);
  for (let last = false; !last;) {
    await input.need(BLOCK_HEADER, 'zstd');
    const { bytes, start } = input;
    const block = bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16);
    last = (block & 1) === 1;
    const length = BLOCK_HEADER + (((block >> 1) & 3) === RLE ? 1 : block >> 3);
    await input.need(length, 'zstd');
    window.attach(decompress);
    const packed = take(input, length);
    guard.begin(packed);
    decompress.push(packed);
    for (const chunk of unpacked) {
      window.append(chunk);
      hasher?.update(chunk);
    }
    yield* unpacked;
    unpacked = [];
  }
  if (hasher === null) return;
  await input.need(CHECKSUM_BYTES, 'zstd');
  if (u32(input.bytes, input.start) !== checksumOf(hasher)) checksums.mismatch(input.offset, 'a zstd frame (xxHash64)');
  input.start += CHECKSUM_BYTES;
}

function fault(input: CompressedInput, what: string): CaptureError {
  return new CaptureError('bad-compression', input.offset, `the zstd data is damaged: ${what}`);
}

interface FrameHeader {
  length: number;
  hasChecksum: boolean;
  hasDictionary: boolean;
  /** Can be read once `length` bytes are there. */
  windowBytes: () => number;
}

/** The frame header at the input's start (section 3.1.1.1), of which the magic number and the descriptor are there. */
function frameHeader(input: CompressedInput): FrameHeader {
  const descriptor = input.bytes[input.start + 4];
  const singleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? Number(singleSegment) : 1 << sizeFlag;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const length = 5 + Number(!singleSegment) + dictionaryBytes + sizeBytes;
  return {
    length,
    hasChecksum: (descriptor & 4) !== 0,
    hasDictionary: dictionaryBytes > 0,
    windowBytes: () => {
      if (!singleSegment) {
        const window = input.bytes[input.start + 5];
        return 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
      }
      let size = 0;
      for (let index = 0; index < sizeBytes; index++)
        size += input.bytes[input.start + length - sizeBytes + index] * 256 ** index;
      return sizeBytes === 2 ? size + 256 : size;
    },
  };
}

function take(input: CompressedInput, length: number): Uint8Array {
  const taken = input.bytes.slice(input.start, input.start + length);
  input.start += length;
  return taken;
}
