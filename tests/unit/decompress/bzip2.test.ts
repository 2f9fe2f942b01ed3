import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { Groups } from '../../../src/decompress/bzip2/block.ts';
import { seededRandom } from '../../builders/random.ts';
import { unpacked } from './unpacked.ts';

const hasBzip2 = spawnSync('bzip2', ['--help']).error === undefined;

const TEXT = 'a beacon calls home, and calls home again. ';
/** What bzip2 1.0.8 makes of the text, and of a thousand zeros. */
const PACKED_TEXT = Buffer.from(
  '425a68393141592653599a0668ef000005118040053ee7880020002128269a01a14c00134697b4f6886965d686098f1b7b0a9e2929e8cc1f' +
    '1772453850909a0668ef',
  'hex',
);
const PACKED_ZEROS = Buffer.from(
  '425a683131415926535901e8d060000001c001c00000800008200020aa6d4198ba83c5dc914e1424007a341800',
  'hex',
);

/** A number as bits, the highest first. */
function bits(count: number, value: number): string {
  return value.toString(2).padStart(count, '0');
}

function packedBits(text: string): Buffer {
  const bytes = text.padEnd(8 * Math.ceil(text.length / 8), '0').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

describe('bzip2', () => {
  it('unpacks, stream after stream, however it is cut into pieces', async () => {
    const file = Buffer.concat([PACKED_TEXT, PACKED_ZEROS, PACKED_TEXT]);
    for (const pieceBytes of [1, 7, 65_536]) {
      const { bytes, fault, source } = await unpacked(file, pieceBytes);
      expect(fault).toBeNull();
      expect(bytes.toString('latin1')).toBe(`${TEXT}${'\0'.repeat(1000)}${TEXT}`);
      expect([source.compression, source.packedBytesRead, source.warnings]).toEqual(['bzip2', file.length, []]);
    }
  });

  it('that is cut gives what was packed before, and says so', async () => {
    for (let cut = 4; cut < PACKED_TEXT.length; cut++) {
      const { bytes, fault } = await unpacked(Buffer.concat([PACKED_ZEROS, PACKED_TEXT.subarray(0, cut)]));
      expect(fault).toMatchObject({ kind: 'cut-compression' });
      expect(bytes.subarray(0, 1000).equals(Buffer.alloc(1000))).toBe(true);
    }
  });

  it('that is damaged is a fault or a wrong checksum, never taken for whole', async () => {
    const faults = new Set<string>();
    for (let bit = 32; bit < PACKED_TEXT.length * 8; bit++) {
      const damaged = Uint8Array.from(PACKED_TEXT);
      damaged[bit >> 3] ^= 0x80 >> (bit & 7);
      const { bytes, fault, source } = await unpacked(damaged);
      if (fault instanceof Error) faults.add(fault.message.replace('the bzip2 data is damaged: ', ''));
      const isSaid = fault !== null || (source.warnings ?? []).length > 0;
      // Some bits say nothing: they belong to codes that no symbol has, or fill the last byte.
      expect(isSaid || bytes.toString('latin1') === TEXT).toBe(true);
    }
    // No check is there that nothing is stopped by.
    expect([...faults].sort()).toEqual([
      'a block with 0 tables',
      'a block without an end',
      'a block without its first byte',
      'a code of 0 bits',
      'a code of 21 bits',
      'a code that none has',
      'a group without a table',
      'a randomised block, as bzip2 before 0.9.5 wrote them',
      'more codes than there can be',
      'no block where one should be',
    ]);
  });

  // Tables of symbols with as many bits each; what is behind them are symbols.
  const tables = (symbols: number, length: number) => (bits(5, length) + '0'.repeat(symbols)).repeat(2);
  it.each<[string, string]>([
    ['a block without bytes', bits(16, 0)],
    ['a block with 7 tables', bits(16, 1) + bits(16, 1) + bits(3, 7)],
    // One byte that is repeated 2^18 - 1 times, in one group.
    [
      'a block that is longer than its stream lets it be',
      `${bits(16, 1)}${bits(16, 1)}${bits(3, 2)}${bits(15, 1)}0${tables(3, 2)}${'00'.repeat(18)}${'10'.repeat(32)}`,
    ],
    // Two bytes in turns, 100,001 of them.
    [
      'a block that is longer than its stream lets it be',
      `${bits(16, 1)}${bits(16, 3)}${bits(3, 2)}${bits(15, 2001)}${'0'.repeat(2001)}${tables(4, 2)}${'10'.repeat(100_001)}${'11'.repeat(49)}`,
    ],
  ])('refuses %s', async (words, block) => {
    const head = Buffer.from('BZh11AY&SY', 'latin1');
    const { bytes, fault } = await unpacked(Buffer.concat([head, packedBits(bits(32, 0) + '0' + bits(24, 0) + block)]));
    expect(bytes).toHaveLength(0);
    expect(fault).toMatchObject({ message: `the bzip2 data is damaged: ${words}` });
  });

  it('followed by other bytes says so', async () => {
    const { bytes, fault } = await unpacked(Buffer.concat([PACKED_TEXT, Buffer.from('more')]));
    expect(bytes.toString('latin1')).toBe(TEXT);
    expect(fault).toMatchObject({ kind: 'bad-compression', offset: PACKED_TEXT.length });
  });

  it.skipIf(!hasBzip2)('reads no group of symbols twice, however long a block is', async () => {
    const random = seededRandom(1);
    const content = Buffer.from(Array.from({ length: 300_000 }, () => random.integer(0, 255)));
    const packed = execFileSync('bzip2', ['-c'], { input: content, maxBuffer: 1 << 24 });
    const groups = vi.spyOn(Groups.prototype, 'next');
    expect((await unpacked(packed)).bytes.equals(content)).toBe(true);
    expect(groups.mock.calls.length).toBeLessThanOrEqual((content.length + 1) / 50);
    groups.mockRestore();
  });

  it.skipIf(!hasBzip2)('unpacks what the system’s bzip2 packs', async () => {
    const random = seededRandom(5);
    const noise = Buffer.from(Uint8Array.from({ length: 250_000 }, () => random.integer(0, 255)));
    const runs = Buffer.concat(
      Array.from({ length: 3000 }, () => Buffer.alloc(random.integer(0, 600), random.integer(0, 3))),
    );
    const contents = [Buffer.alloc(0), noise, runs, Buffer.alloc(2_000_000), Buffer.from(TEXT.repeat(30_000))];
    for (const content of contents) {
      for (const level of ['-1', '-9']) {
        const packed = execFileSync('bzip2', [level, '-c'], { input: content });
        const { bytes, fault, source } = await unpacked(packed);
        expect([fault, bytes.equals(content), source.warnings]).toEqual([null, true, []]);
      }
    }
  });
});
