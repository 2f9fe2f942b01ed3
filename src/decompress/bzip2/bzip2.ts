import { CaptureError } from 'pcap-ts-parser';
import type { Checksums } from '../checksum.ts';
import { Idle } from '../idle.ts';
import type { CompressedInput } from '../input.ts';
import { Bits, OutOfBits } from './bits.ts';
import { Block, type Groups } from './block.ts';
import { Runs } from './runs.ts';

const HEADER_BYTES = 4;
/** Packed bytes that a block is first looked for in; where they are too few, twice as many. */
const FIRST_BYTES = 1 << 16;
const PIECE_BYTES = 1 << 16;
/** What begins a block and ends a stream: the first digits of pi and of its square root. */
const BLOCK_MAGIC = [0x314159, 0x265359] as const;
const END_MAGIC = [0x177245, 0x385090] as const;

/** Megabytes each. */
const ROOMS = new Idle(() => ({ block: new Block(), runs: new Runs(PIECE_BYTES) }), 1);

/** Whether a file is packed with bzip2, by its first four bytes. */
export function isBzip2(bytes: Uint8Array, start: number): boolean {
  const level = bytes[start + 3] - 0x30;
  return bytes[start] === 0x42 && bytes[start + 1] === 0x5a && bytes[start + 2] === 0x68 && level >= 1 && level <= 9;
}

/**
 * Unpacks bzip2, stream after stream and block by block: of what is read no more lies in memory than one block. The
 * format has no specification; what is known of it stands in the manual of bzip2 1.0.8 and in Wikipedia's article.
 */
export async function* unpackBzip2(open: () => CompressedInput, checksums: Checksums): AsyncGenerator<Uint8Array> {
  const input = open();
  const room = await ROOMS.take();
  try {
    yield* unpackStreams(input, room, checksums);
  } finally {
    ROOMS.give(room);
  }
}

async function* unpackStreams(
  input: CompressedInput,
  { block: room, runs }: { block: Block; runs: Runs },
  checksums: Checksums,
): AsyncGenerator<Uint8Array> {
  const reader = new BlockReader(input, room);
  for (let first = true; first || (await input.has(1)); first = false) {
    if (!(await input.has(HEADER_BYTES)) || !isBzip2(input.bytes, input.start)) {
      throw new CaptureError(
        'bad-compression',
        input.offset,
        'what follows the bzip2 data is not bzip2: it was not read',
      );
    }
    const level = input.bytes[input.start + HEADER_BYTES - 1] - 0x30;
    input.start += HEADER_BYTES;
    let all = 0;
    for (let block = await reader.next(level); block !== null; block = await reader.next(level)) {
      runs.begin();
      for (const bytes of block.bytes(PIECE_BYTES)) yield* runs.expand(bytes);
      yield runs.rest();
      if (runs.checksum !== block.checksum) checksums.mismatch(input.offset, 'a bzip2 block (CRC-32)');
      all = ((all << 1) | (all >>> 31)) ^ block.checksum;
    }
    if (reader.checksum !== all >>> 0) checksums.mismatch(input.offset - 4, 'a bzip2 stream (CRC-32)');
  }
}

/** Reads blocks, which do not begin at whole bytes. */
class BlockReader {
  /** The checksum that the last stream ended with. */
  checksum = 0;
  private readonly input: CompressedInput;
  private readonly block: Block;
  /** Bits from the input's next byte on that were read already: of the block before, or of the one that is begun. */
  private taken = 0;
  /** What goes on with the block that is begun. */
  private groups: Groups | null = null;
  private wanted = FIRST_BYTES;

  /** @param block what blocks are unpacked in, one after another */
  constructor(input: CompressedInput, block: Block) {
    this.input = input;
    this.block = block;
  }

  /** The next block of a stream; null where it ends, which is then behind. */
  async next(level: number): Promise<Block | null> {
    const { input, block } = this;
    for (;;) {
      const isWhole = await input.has(this.wanted);
      const bits = new Bits(input.bytes, input.start + (this.taken >>> 3), input.end, this.taken & 7);
      try {
        this.groups ??= this.begin(bits, level);
        if (this.groups === null) {
          this.passTo((bits.position + 7) & ~7);
          return null;
        }
        if (block.readOn(this.groups, bits, !isWhole)) {
          this.groups = null;
          this.passTo(bits.position);
          return block;
        }
        // What was read of it is not read again: packed as well as can be, a block is long.
        this.taken = bits.position - 8 * input.start;
      } catch (error) {
        if (!(error instanceof OutOfBits)) throw error;
        if (!isWhole) await input.need(input.end - input.start + 1, 'bzip2');
      }
      this.wanted *= 2;
    }
  }

  /** Lets the input go on at a bit that lies in its bytes. */
  private passTo(bit: number): void {
    const { input } = this;
    this.taken = bit & 7;
    this.wanted = Math.max(FIRST_BYTES, 2 * ((bit >>> 3) - input.start));
    input.start = bit >>> 3;
  }

  /** Begins a block; or reads the end of a stream, and comes back with null. */
  private begin(bits: Bits, level: number): Groups | null {
    const magic = [bits.read(24), bits.read(24)];
    if (magic[0] === END_MAGIC[0] && magic[1] === END_MAGIC[1]) {
      this.checksum = bits.readWord();
      return null;
    }
    if (magic[0] !== BLOCK_MAGIC[0] || magic[1] !== BLOCK_MAGIC[1]) throw new Error('no block where one should be');
    return this.block.begin(bits, level);
  }
}
