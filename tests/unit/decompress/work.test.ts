import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { Checksums } from '../../../src/decompress/checksum.ts';
import { CompressedInput } from '../../../src/decompress/input.ts';
import { BlockUnpacker, unpackLz4 } from '../../../src/decompress/lz4.ts';
import { LARGEST_BLOCK, Window } from '../../../src/decompress/zstd/window.ts';
import { unpackZstd } from '../../../src/decompress/zstd/zstd.ts';
import { bufferSource } from 'pcap-ts-parser';
import { ByteWriter } from '../../builders/bytes.ts';
import { lz4Legacy } from '../../builders/compress/lz4.ts';
import { zstd } from '../../builders/compress/zstd.ts';
import { unpacked } from './unpacked.ts';

/** A header of gzip with a name that nothing ends. */
const ENDLESS_NAME = Uint8Array.of(0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0);

/** Adds blocks of so many bytes to a window; comes back with how often each byte was moved. */
function moves(window: Window, blocks: number, blockBytes: number): number {
  for (let block = 0; block < blocks; block++) {
    window.makeRoom();
    window.end += blockBytes;
  }
  return window.moved / (blocks * blockBytes);
}

it('checksums of damaged gzip files are made with what served before', async () => {
  const cut = gzipSync('text').subarray(0, -10);
  await unpacked(cut);
  const made = vi.spyOn(WebAssembly, 'instantiate');
  for (let file = 0; file < 5; file++) await unpacked(cut);
  expect(made).not.toHaveBeenCalled();
  made.mockRestore();
});

describe('work in proportion to what is unpacked', () => {
  it.each([
    [17, 2000, LARGEST_BLOCK],
    [23, 2000, LARGEST_BLOCK],
    [27, 2000, LARGEST_BLOCK],
    [10, 300_000, 1],
    [23, 300_000, 100],
  ])(
    'zstd with a window of 2 ** %i bytes and %i blocks of %i moves each byte a few times',
    (exponent, blocks, bytes) => {
      const window = new Window();
      window.begin(2 ** exponent);
      expect(moves(window, blocks, bytes)).toBeLessThan(6);
    },
  );

  it('zstd takes no room for a window that it does not use', () => {
    const window = new Window();
    window.begin(1 << 27);
    moves(window, 1, LARGEST_BLOCK);
    expect(window.bytes.length).toBeLessThan(1 << 20);
    moves(window, 4000, LARGEST_BLOCK);
    expect(window.bytes.length).toBeLessThan(1.3 * (1 << 27));
  });

  it('lz4 blocks of one byte do not each move the history', async () => {
    const blocks = 100_000;
    const input = new CompressedInput(bufferSource(new Uint8Array(blocks)).open());
    const unpacker = new BlockUnpacker();
    unpacker.begin(1 << 22);
    for (let block = 0; block < blocks; block++) {
      await input.need(1, 'lz4');
      unpacker.unpack(input, 1, true);
      if (unpacker.isFull) unpacker.take();
    }
    expect(unpacker.moved).toBeLessThan(10 * blocks);
  });

  it.each([
    ['lz4', unpackLz4, lz4Frame],
    ['zstd', unpackZstd, (bytes: Uint8Array) => zstd(bytes, { blockBytes: 1 })],
  ])('%s blocks of one byte are handed on together, and wait for nothing', async (_, unpack, pack) => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_byte, index) => index * 7);
    const pieces: Uint8Array[] = [];
    const packed = new Uint8Array(pack(bytes));
    const input = new CompressedInput(bufferSource(packed).open());
    const waits = vi.spyOn(input, 'has');
    for await (const piece of unpack(() => input, new Checksums())) pieces.push(piece.slice());
    expect(Buffer.compare(Buffer.concat(pieces), bytes)).toBe(0);
    expect(pieces.length).toBeLessThan(10);
    expect(waits.mock.calls.length).toBeLessThan(packed.length / 1000);
  });

  it('gzip members of one byte are unpacked together, cut or damaged, and wait for nothing', async () => {
    const content = Uint8Array.from({ length: 50_000 }, (_, index) => index % 5);
    const members = [0, 1, 2, 3, 4].map((byte) => gzipSync(Uint8Array.of(byte)));
    const file = new Uint8Array(Buffer.concat(Array.from(content, (byte) => members[byte])).subarray(0, -4));
    const waits = vi.spyOn(CompressedInput.prototype, 'has');
    const { bytes, fault } = await unpacked(file);
    expect([Buffer.compare(bytes, content), fault]).toMatchObject([0, { kind: 'cut-compression' }]);
    for (const number of [100, 20_000]) file[(number + 1) * members[0].length - 5] ^= 1;
    const { source } = await unpacked(file);
    expect(source.warnings?.map(({ offset }) => offset)).toEqual([100, 20_000].map((n) => (n + 1) * 21 - 8));
    expect(waits.mock.calls.length).toBeLessThan(file.length / 1000);
    waits.mockRestore();
  });

  it('zstd blocks come out to the last before a fault', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index * 7);
    const cut = zstd(bytes, { blockBytes: 1 }).subarray(0, -2);
    const { bytes: got, fault } = await unpacked(cut);
    expect(Buffer.compare(got, bytes.subarray(0, -1))).toBe(0);
    expect(fault).toMatchObject({ kind: 'cut-compression' });
    const long = Uint8Array.from({ length: 4 << 20 }, (_, index) => (index * index) >> 7);
    for (const blockBytes of [1000, 65_000, LARGEST_BLOCK]) {
      const whole = await unpacked(zstd(long, { blockBytes, windowExponent: 10 }));
      expect([Buffer.compare(whole.bytes, long), whole.fault]).toEqual([0, null]);
    }
  });

  it('lz4 blocks come out to the last before a fault, and before a buffer is full', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index * 7);
    const cut = lz4Frame(bytes).subarray(0, -6);
    const { bytes: got, fault } = await unpacked(cut);
    expect(Buffer.compare(got, bytes.subarray(0, -1))).toBe(0);
    expect(fault).toMatchObject({ kind: 'cut-compression' });
    const long = Uint8Array.from({ length: 4 << 20 }, (_, index) => (index * index) >> 7);
    for (const blockBytes of [1000, 65_000]) {
      const whole = await unpacked(lz4Frame(long, blockBytes));
      expect([Buffer.compare(whole.bytes, long), whole.fault]).toEqual([0, null]);
    }
  });

  it.each([
    ['of the first member', []],
    ['of the second', [...gzipSync('first')]],
  ])('of a gzip header without end little is read: %s', async (_, before) => {
    for (const length of [1 << 21, 1 << 23]) {
      const file = new Uint8Array(
        Buffer.concat([Uint8Array.from(before), ENDLESS_NAME, new Uint8Array(length).fill(97)]),
      );
      const { bytes, fault, source } = await unpacked(file);
      expect(bytes.toString()).toBe(before.length > 0 ? 'first' : '');
      expect(fault).toMatchObject({
        kind: 'bad-compression',
        message: expect.stringMatching(/^nothing comes/) as string,
      });
      expect(source.packedBytesRead).toBeLessThan(1 << 19);
    }
  });

  it('lz4 frames share their buffer', () => {
    const unpacker = new BlockUnpacker();
    unpacker.begin(1 << 23);
    const { room } = unpacker;
    for (let frame = 0; frame < 1000; frame++) unpacker.begin(frame % 2 === 0 ? 1 << 16 : 1 << 23);
    expect(unpacker.room).toBe(room);
  });

  it('pieces of one byte come out joined', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index * 7);
    const header = lz4Frame(bytes);
    const { bytes: got, pieces } = await unpacked(header, 4096);
    expect(Buffer.compare(got, bytes)).toBe(0);
    expect(pieces).toBe(2);
  });

  it('thousands of tiny legacy frames unpack', async () => {
    const frame = lz4Legacy(Uint8Array.of(1, 2, 3));
    const file = new Uint8Array(Buffer.concat(Array.from({ length: 3000 }, () => frame)));
    expect((await unpacked(file)).bytes).toHaveLength(9000);
  });
});

describe('zstd frames', () => {
  it('of a few bytes are read to the last, wherever they are cut into pieces', async () => {
    for (const length of [0, 1, 2, 5, 17]) {
      const content = Uint8Array.from({ length }, (_, index) => index);
      const file = new Uint8Array(Buffer.concat([zstd(content, { checksum: true }), zstd(content)]));
      const { bytes, fault } = await unpacked(file, 3);
      expect(fault).toBeNull();
      expect([...bytes]).toEqual([...content, ...content]);
    }
  });

  it('that need a dictionary say so', async () => {
    const file = zstd(new Uint8Array(100));
    const packed = new Uint8Array(Buffer.concat([file.subarray(0, 6), Uint8Array.of(9), file.subarray(6)]));
    packed[4] |= 1;
    expect((await unpacked(packed)).fault).toMatchObject({
      kind: 'bad-compression',
      message: expect.stringContaining('dictionary') as string,
    });
  });
});

/** An LZ4 frame of stored blocks. */
function lz4Frame(bytes: Uint8Array, blockBytes = 1): Uint8Array {
  const file = new ByteWriter(true).u32(0x184d2204).u8(0x60).u8(0x40).u8(0x82);
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    file.u32(0x8000_0000 + block.length).bytes(block);
  }
  return file.u32(0).finish();
}
