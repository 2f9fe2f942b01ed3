import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BlockUnpacker } from '../../../src/decompress/zstd/block.ts';
import { WholeZstd } from '../../../src/decompress/zstd/whole.ts';
import {
  skippableFrame,
  zstd,
  ZSTD_LINES,
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
    const out = new Uint8Array(1 << 20).fill(1);
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
