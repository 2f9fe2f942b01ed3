import { gzipSync } from 'node:zlib';
import { bufferSource, type ByteSource, readPackets } from 'pcap-ts-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { decompressed } from '../../../src/decompress/decompressed.ts';
import { unpackWith } from '../../../src/decompress/platform.ts';
import { lz4, lz4Legacy } from '../../builders/compress/lz4.ts';
import { skippableFrame, zstd, zstdOfZeros } from '../../builders/compress/zstd.ts';
import { SHA256_CHECK, xz } from '../../builders/compress/xz.ts';
import { pcap } from '../../builders/pcap.ts';
import { seededRandom } from '../../builders/random.ts';
import { unpacked } from './unpacked.ts';

// The terminal has another way, which tests of it leave behind.
beforeAll(() => unpackWith({ gunzip: null }));

/** Text that repeats itself, and some that does not. */
const content = Buffer.concat([
  Buffer.from('a beacon calls home, and calls home again. '.repeat(4000)),
  Buffer.from(Uint8Array.from({ length: 70_000 }, (_, index) => (index * index * 31) >> 7)),
]);

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const PACKED: [name: string, compression: string, packed: Uint8Array][] = [
  ['gzip', 'gzip', gzipSync(content)],
  ['gzip of two members', 'gzip', join(gzipSync(content.subarray(0, 99_999)), gzipSync(content.subarray(99_999)))],
  ['zstd', 'zstd', zstd(content)],
  [
    'zstd of two frames with one to skip between',
    'zstd',
    join(
      zstd(content.subarray(0, 99_999), { blockBytes: 1000 }),
      skippableFrame(new Uint8Array(50_000)),
      zstd(content.subarray(99_999)),
    ),
  ],
  ['zstd behind a frame to skip', 'zstd', join(skippableFrame(Uint8Array.of(1, 2, 3)), zstd(content))],
  ['lz4 behind one', 'lz4', join(skippableFrame(Uint8Array.of(1, 2, 3)), lz4(content))],
  [
    'lz4 of the legacy form behind two',
    'lz4',
    join(skippableFrame(new Uint8Array(9)), skippableFrame(new Uint8Array(7000)), lz4Legacy(content, 50_000)),
  ],
  ['lz4', 'lz4', lz4(content)],
  ['lz4 with linked blocks and checksums', 'lz4', lz4(content, { linked: true, blockBytes: 10_000, checksums: true })],
  ['lz4 with its content size', 'lz4', lz4(content, { contentSize: true })],
  [
    'lz4 of two frames',
    'lz4',
    join(lz4(content.subarray(0, 99_999)), skippableFrame(new Uint8Array(9)), lz4(content.subarray(99_999))),
  ],
  ['lz4 of the legacy form', 'lz4', lz4Legacy(content, 50_000)],
  [
    'lz4 of the legacy form, two frames',
    'lz4',
    join(lz4Legacy(content.subarray(0, 99_999)), lz4Legacy(content.subarray(99_999))),
  ],
  ['xz', 'xz', xz(content)],
];

describe('packed files', () => {
  it.each(PACKED)('%s unpacks to what was packed', async (_, compression, packed) => {
    for (const pieceBytes of [100_000, 777]) {
      const { bytes, fault, source } = await unpacked(packed, pieceBytes);
      expect(fault).toBeNull();
      expect(bytes.equals(content)).toBe(true);
      expect(source.compression).toBe(compression);
      expect(source.packedBytesRead).toBe(packed.length);
    }
  });

  it.each(PACKED)('%s that is cut gives what was packed before, and says so', async (_, compression, packed) => {
    const { bytes, fault } = await unpacked(packed.subarray(0, Math.floor(packed.length * 0.6)));
    expect(fault).toMatchObject({
      name: 'CaptureError',
      kind: 'cut-compression',
      message: expect.stringContaining(`${compression} data ends too early`) as string,
    });
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.equals(content.subarray(0, bytes.length))).toBe(true);
  });

  it.each([
    ['gzip', gzipSync(content)],
    ['lz4', lz4(content)],
    ['xz', xz(content)],
  ])('%s that is damaged is a fault with a place, not a hang', async (_, packed) => {
    const damaged = packed.slice();
    damaged.fill(0xff, damaged.length / 2, damaged.length / 2 + 40);
    const { bytes, fault } = await unpacked(damaged);
    if (fault === null) expect(bytes.equals(content)).toBe(false);
    else expect(fault).toMatchObject({ name: 'CaptureError', offset: expect.any(Number) as number });
  });

  it('are left as they are when they are not packed', async () => {
    const plain = pcap({ packets: [{ seconds: 1, nanoseconds: 0, data: new Uint8Array(60) }] });
    const { bytes, source } = await unpacked(plain);
    expect(bytes.equals(plain)).toBe(true);
    expect([source.compression, source.packedBytesRead]).toEqual([null, null]);
  });

  it('may be shorter than any magic number', async () => {
    for (let length = 0; length < 9; length++)
      expect((await unpacked(gzipSync('').subarray(0, length))).bytes).toHaveLength(length < 8 ? length : 0);
  });

  it('can be read a second time', async () => {
    const source = decompressed(
      bufferSource(gzipSync(pcap({ packets: [{ seconds: 1, nanoseconds: 0, data: new Uint8Array(60) }] }))),
    );
    for (let reading = 0; reading < 2; reading++) expect((await readPackets(source, () => undefined)).packets).toBe(1);
  });

  it('need no larger a dictionary, and no other checksum, than are read here', async () => {
    const { fault } = await unpacked(xz(content, 28));
    expect(fault).toMatchObject({
      kind: 'bad-compression',
      message: expect.stringContaining('dictionary of more than 64 MiB') as string,
    });
    expect((await unpacked(xz(content, 26))).bytes.equals(content)).toBe(true);
    const other = await unpacked(xz(content, 20, SHA256_CHECK));
    expect(other.fault).toMatchObject({
      message: expect.stringMatching(/checksum of a kind that is not read.*unxz/) as string,
    });
  });

  it('in xz are read up to a fault, to the last byte before it', async () => {
    const packed = xz(content);
    const behind = await unpacked(join(packed, Buffer.from('no xz, but notes of somebody')));
    expect(behind.bytes.equals(content)).toBe(true);
    expect(behind.fault).toMatchObject({
      kind: 'bad-compression',
      message: 'what follows the xz data is not xz: it was not read',
    });
    const { offset } = behind.fault as { offset: number };
    expect([offset >= packed.length, offset <= packed.length + 12]).toEqual([true, true]);
    for (const left of [30_000, 70_001]) {
      const { bytes } = await unpacked(packed.subarray(0, left));
      // Behind 28 bytes of headers each 65,536 have 3 before them.
      expect(bytes.length).toBe(left - 24 - 3 * Math.ceil(left / 65_536));
    }
  });

  it('in xz may be several streams, with zeros between them', async () => {
    const [one, other] = [xz(content.subarray(0, 99_999)), xz(content.subarray(99_999))];
    for (const packed of [join(one, other), join(one, new Uint8Array(8), other, new Uint8Array(4))]) {
      const { bytes, fault } = await unpacked(packed);
      expect([fault, bytes.equals(content)]).toEqual([null, true]);
    }
  });

  it('count the bytes read of them upwards, also where a cut makes them be read again', async () => {
    const random = seededRandom(3);
    const noise = Uint8Array.from({ length: 300_000 }, () => random.integer(0, 255));
    const packed = gzipSync(noise).subarray(0, -100);
    const source = decompressed(bufferSource(packed));
    const reader = source.open();
    const seen: number[] = [];
    const readAll = async (): Promise<void> => {
      while ((await reader.read(new Uint8Array(5000))).length > 0) seen.push(source.packedBytesRead ?? 0);
    };
    await expect(readAll()).rejects.toMatchObject({ kind: 'cut-compression' });
    await reader.close();
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(packed.length);
    expect(new Set(seen).size).toBeGreaterThan(3);
  });

  it('need no larger a window than is kept here', async () => {
    const { fault } = await unpacked(zstd(content, { windowExponent: 30 }));
    expect(fault).toMatchObject({ kind: 'bad-compression', message: expect.stringContaining('window') as string });
  });
});

describe('packed files that unpack to far more than they are', () => {
  const ZEROS = 300 << 20;

  it.each([
    ['gzip', gzipSync(new Uint8Array(ZEROS), { level: 9 })],
    ['zstd', zstdOfZeros(ZEROS >> 17)],
  ])('%s comes out piece by piece, as it is asked for', async (_, packed) => {
    let taken = 0;
    const counting: ByteSource = {
      name: 'bomb',
      size: packed.length,
      open() {
        const reader = bufferSource(packed).open();
        return {
          async read(space) {
            const piece = await reader.read(space);
            taken += piece.length;
            return piece;
          },
          close: () => reader.close(),
        };
      },
    };
    const before = process.memoryUsage.rss();
    const reader = decompressed(counting).open();
    const space = new Uint8Array(1 << 16);
    let total = (await reader.read(space)).length;
    // What the first bytes cost: no more than a little of the packed file, so no more than a little of what it unpacks
    // to.
    expect(taken).toBeLessThan(packed.length > 200_000 ? 120_000 : packed.length + 1);
    for (let piece = await reader.read(space); piece.length > 0; piece = await reader.read(space))
      total += piece.length;
    await reader.close();
    expect(total).toBe(ZEROS);
    expect(process.memoryUsage.rss() - before).toBeLessThan(ZEROS / 2);
  });
});
