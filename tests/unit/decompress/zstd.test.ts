import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BackwardBits } from '../../../src/decompress/zstd/backward-bits.ts';
import { BlockUnpacker } from '../../../src/decompress/zstd/block.ts';
import { WholeZstd } from '../../../src/decompress/zstd/whole.ts';
import {
  skippableFrame,
  zstd,
  ZSTD_LINES,
  zstdOfBlock,
  zstdOfEndlessTree,
  zstdOfLongMatches,
} from '../../builders/compress/zstd.ts';
import { seededRandom } from '../../builders/random.ts';
import { unpacked } from './unpacked.ts';

const hasZstd = spawnSync('zstd', ['--version']).error === undefined;
const FRAME_HEADER = 6;
const BLOCK_HEADER = 3;
const STORED_BLOCK = BLOCK_HEADER + 8;
/** What they were packed from. */
const LINES = Array.from({ length: 150 }, (_, line) => `10.0.0.${line % 7} GET /check?id=${line % 31}\n`).join('');

describe('zstd blocks', () => {
  it('that would copy billions of bytes are refused within the first 128 KiB', () => {
    const frame = zstdOfLongMatches(60_000);
    const blocks = new BlockUnpacker();
    const at = FRAME_HEADER + STORED_BLOCK + BLOCK_HEADER;
    const header = { isLast: true, kind: 2, packed: frame.length - at, told: 0 };
    // What is copied is another byte than what is there.
    const out = new Uint8Array(1 << 20).fill(1).fill(2, 0, 8);
    expect(() => blocks.unpack(header, frame, at, { out, to: 8, history: 8 })).toThrow('more bytes than it may have');
    expect(out.subarray(1 << 17).every((byte) => byte === 1)).toBe(true);
  });

  it('end with what is wrong, not without end', async () => {
    for (const [frame, wrong, before] of [
      [zstdOfLongMatches(60_000), 'more bytes than it may have', 8],
      [zstdOfEndlessTree(), 'a Huffman tree', 0],
    ] as const) {
      const { bytes, fault } = await unpacked(frame);
      expect(bytes).toHaveLength(before);
      expect(fault).toMatchObject({ kind: 'bad-compression', message: expect.stringContaining(wrong) as string });
    }
  });

  it('that are packed as they should be come out whole', async () => {
    const { bytes, fault } = await unpacked(ZSTD_LINES);
    expect(fault).toBeNull();
    expect(bytes.toString()).toBe(LINES);
  });

  it('that are damaged anywhere end in a fault, a wrong checksum or other bytes of the same length', async () => {
    for (let bit = 8 * FRAME_HEADER; bit < 8 * ZSTD_LINES.length; bit += 7) {
      const damaged = Uint8Array.from(ZSTD_LINES);
      damaged[bit >> 3] ^= 1 << (bit & 7);
      const { bytes, fault, source } = await unpacked(damaged);
      expect(fault !== null || (source.warnings ?? []).length > 0 || bytes.length === LINES.length).toBe(true);
    }
  });

  it('that are damaged are stopped by every check that a bit can lead to', () => {
    const faults = new Set<string>();
    for (let bit = 0; bit < 8 * ZSTD_LINES.length; bit++) {
      const damaged = Uint8Array.from(ZSTD_LINES);
      damaged[bit >> 3] ^= 1 << (bit & 7);
      try {
        new WholeZstd().unpack(damaged, new Uint8Array(LINES.length));
      } catch (error) {
        faults.add((error as Error).message.replaceAll(/\d+/g, 'N'));
      }
    }
    expect([...faults].sort()).toEqual([
      'N bytes instead of N',
      'a Huffman code of too many bits',
      'a Huffman tree of too many weights',
      'a Huffman tree that ends too early',
      'a Huffman tree with holes',
      'a block of N bytes',
      'a block of a kind that there is not',
      'a block of more bytes than it may have',
      'a block that goes on behind its last sequence',
      'a block that looks back further than there is something',
      'a table of N states',
      'a table of the block before, where there is none',
      'bits without a mark where they begin',
      'it ends too early',
      'literals of another length than they should be',
      'literals that end too early',
      'sequences of another length than they should be',
      'what is packed is no frame',
    ]);
  });

  // One literal, and then sequences; or literals alone. By section 3.1.1.3 of RFC 8878.
  const LITERAL = [1 << 3, 0x41];
  const ONE_OF_EACH = 0x54;
  it.each<[string, number[]]>([
    ['a block of 131073 bytes', [1 | (3 << 2) | (1 << 4), 0, 0x20, 0x41]],
    ['literals that end too early', [5 << 3, 0x41]],
    ['literals without a Huffman tree', [3 | (4 << 4), 0x40, 0, 1]],
    // A tree that tells no weight but 0, one whose last code would have no length, and one of three codes of 12 bits.
    ['a Huffman tree with holes', [2 | (4 << 4), 0xc0, 0, 0x80, 0, 1]],
    ['a Huffman tree with holes', [2 | (4 << 4), 0xc0, 0, 0x81, 0x31, 1]],
    ['a Huffman tree with holes', [2 | (4 << 4), 0, 1, 0x82, 0xbb, 0xb0, 1]],
    // The first of four streams claims 65,535 bytes.
    ['literals that end too early', [2 | (1 << 2) | (4 << 4), 0, 3, 0x80, 0x10, 255, 255, 1, 0, 1, 0, 1, 1, 1, 1]],
    ['a block that ends before its sequences', LITERAL],
    ['a block that ends before its sequences', [...LITERAL, 1, ONE_OF_EACH]],
    ['a length or an offset that there is not', [...LITERAL, 1, ONE_OF_EACH, 36, 0, 0, 1]],
    ['a length or an offset that there is not', [...LITERAL, 1, ONE_OF_EACH, 0, 32, 0, 1]],
    ['a length or an offset that there is not', [...LITERAL, 1, ONE_OF_EACH, 0, 0, 53, 1]],
    // The third of the last offsets but one, with no literals before it, is 1 - 1.
    ['an offset of nothing', [...LITERAL, 1, ONE_OF_EACH, 0, 1, 0, 3]],
    ['a table that ends too early', [...LITERAL, 1, 0x80, 1]],
    // Symbols without a state, 40 of them.
    ['a table of symbols that there are not', [...LITERAL, 1, 0x80, 0x10, 0xfe, 0xff, 0xff, 7, 0]],
    // Two literals where there is one.
    ['a block of more bytes than it may have', [...LITERAL, 1, ONE_OF_EACH, 2, 0, 0, 1]],
  ])('end with "%s"', (words, block) => {
    const frame = zstdOfBlock(Uint8Array.from(block));
    expect(() => new WholeZstd().unpack(frame, new Uint8Array(100))).toThrow(new Error(words));
  });

  it('that do not fit what they are unpacked to are refused before they are copied', () => {
    const unpack = (frame: Uint8Array) => new WholeZstd().unpackTo(frame, new Uint8Array(4));
    expect(() => unpack(zstd(Uint8Array.of(1, 2, 3, 4, 5)))).toThrow('a block of more bytes than there is room for');
    const packed = zstdOfBlock(Uint8Array.of(5 << 3, 1, 2, 3, 4, 5, 0));
    expect(() => unpack(packed)).toThrow('a block of more bytes than it may have');
  });

  it.skipIf(!hasZstd)('come out as the system’s zstd packed them, at every level', async () => {
    const random = seededRandom(7);
    const noise = Buffer.from(Uint8Array.from({ length: 200_000 }, () => random.integer(0, 255)));
    const few = Buffer.from(Uint8Array.from({ length: 300_000 }, () => random.integer(0, 3) * random.integer(0, 60)));
    const content = Buffer.concat([noise, few, Buffer.alloc(500_000), Buffer.from(LINES.repeat(90)), noise]);
    for (const level of ['--fast=5', '-3', '-19']) {
      const packed = execFileSync('zstd', [level, '-q', '-c'], { input: content });
      const { bytes, fault, source } = await unpacked(packed);
      expect([fault, bytes.equals(content), source.warnings]).toEqual([null, true, []]);
    }
  });
});

it('bits of zstd are taken from the last to the first, as many as an offset may have, wherever they begin', () => {
  const random = seededRandom(9);
  for (let count = 0; count <= 31; count++) {
    for (let shift = 0; shift < 8; shift++) {
      const bytes = Uint8Array.from({ length: 12 }, () => random.integer(0, 255));
      bytes[11] = 1 << shift;
      const all = [...bytes]
        .toReversed()
        .map((byte) => byte.toString(2).padStart(8, '0'))
        .join('')
        .replace(/^0*1/, '');
      const bits = new BackwardBits();
      bits.begin(bytes, 0, 12);
      const taken = [bits.take(count), bits.take(count)];
      expect(taken).toEqual([0, count].map((at) => Number.parseInt(`0${all.slice(at, at + count)}`, 2)));
      expect(bits.left).toBe(all.length - 2 * count);
    }
  }
});

describe('zstd that is there as a whole', () => {
  const content = Uint8Array.from({ length: 5000 }, (_, index) => index * index);
  const file = new Uint8Array(
    Buffer.concat([zstd(content, { checksum: true, blockBytes: 999 }), skippableFrame(content), ZSTD_LINES]),
  );
  const expected = new Uint8Array(Buffer.concat([content, Buffer.from(LINES)]));

  it('fills what is given to it', () => {
    const out = new Uint8Array(expected.length);
    new WholeZstd().unpack(file, out);
    expect(out).toEqual(expected);
  });

  it.each([-1, 1, -4000])('of %i bytes more than is given to it is refused', (more) => {
    expect(() => new WholeZstd().unpack(file, new Uint8Array(expected.length + more))).toThrow(Error);
  });

  it('that is cut anywhere is refused', () => {
    for (let end = 0; end < ZSTD_LINES.length; end++) {
      expect(() => new WholeZstd().unpack(ZSTD_LINES.subarray(0, end), new Uint8Array(LINES.length))).toThrow(Error);
    }
  });
});
