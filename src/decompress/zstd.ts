import { Decompress } from 'fzstd';
import { CaptureError } from 'pcap-ts-parser';
import type { CompressedInput } from './input.ts';
import { isSkippable, skipFrame } from './skippable.ts';

export const ZSTD_MAGIC = 0xfd2fb528;

/**
 * Frames may ask for windows of terabytes; the format's own recommendation is to support 8 MiB, `--long` uses 128 MiB.
 */
const LARGEST_WINDOW = 1 << 27;
const BLOCK_HEADER = 3;
const RLE = 1;
const CHECKSUM_BYTES = 4;

/**
 * Unpacks zstd (RFC 8878), frame after frame. The library is given one block at a time, so that what a frame unpacks
 * to comes out 128 KiB at a time, however small it was packed.
 */
export async function* unpackZstd(open: () => CompressedInput): AsyncGenerator<Uint8Array> {
  const input = open();
  while (await input.has(4)) {
    if (isSkippable(input)) await skipFrame(input, 'zstd');
    else yield* unpackFrame(input);
  }
}

async function* unpackFrame(input: CompressedInput): AsyncGenerator<Uint8Array> {
  await input.need(6, 'zstd');
  const header = frameHeader(input);
  await input.need(header.length, 'zstd');
  const windowBytes = header.windowBytes();
  if (windowBytes > LARGEST_WINDOW) {
    throw new CaptureError(
      'bad-compression',
      input.offset,
      `the zstd data needs a window of ${windowBytes} bytes, more than the ${LARGEST_WINDOW} kept here`,
    );
  }
  let unpacked: Uint8Array[] = [];
  const decompress = new Decompress((chunk) => unpacked.push(chunk));
  decompress.push(take(input, header.length));
  for (let last = false; !last;) {
    await input.need(BLOCK_HEADER, 'zstd');
    const { bytes, start } = input;
    const block = bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16);
    last = (block & 1) === 1;
    const length = BLOCK_HEADER + (((block >> 1) & 3) === RLE ? 1 : block >> 3);
    await input.need(length, 'zstd');
    decompress.push(take(input, length));
    yield* unpacked;
    unpacked = [];
  }
  if (!header.hasChecksum) return;
  await input.need(CHECKSUM_BYTES, 'zstd');
  decompress.push(take(input, CHECKSUM_BYTES));
}

interface FrameHeader {
  length: number;
  hasChecksum: boolean;
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
