import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { lz4 } from '../../builders/compress/lz4.ts';
import { zstd } from '../../builders/compress/zstd.ts';
import { unpacked } from './unpacked.ts';

const content = Buffer.from('a beacon calls home, and calls home again. '.repeat(2000));
const noise = Buffer.from(Uint8Array.from({ length: 50_000 }, (_, index) => (index * index * 31) >> 7));

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** The file with the bits of one byte turned, counted from its end where negative. */
function damaged(file: Uint8Array, place: number): Uint8Array {
  const bytes = file.slice();
  bytes[place < 0 ? bytes.length + place : place] ^= 0xff;
  return bytes;
}

/** Stored, so that a changed byte changes what is unpacked and nothing else. */
const stored = gzipSync(noise, { level: 0 });
const block = lz4(noise, { checksums: true, blockBytes: 10_000 });

describe('checksums of packed files', () => {
  it.each([
    ['gzip', gzipSync(content)],
    ['gzip of two members', join(gzipSync(content), gzipSync(noise))],
    ['zstd', zstd(content, { checksum: true })],
    ['lz4', lz4(content, { checksums: true })],
    ['lz4 with a content size', lz4(content, { checksums: true, contentSize: true })],
  ])('%s that is whole has nothing to be said', async (_, packed) => {
    const { source, fault } = await unpacked(packed);
    expect([fault, source.warnings]).toEqual([null, []]);
  });

  it.each([
    ['the data of a gzip member', damaged(stored, 1000), noise, 'a gzip member (CRC-32)', stored.length - 8],
    ['the length in a gzip member', damaged(stored, -1), noise, 'a gzip member (CRC-32)', stored.length - 8],
    [
      'the first of two gzip members',
      join(damaged(stored, 1000), gzipSync(content)),
      join(noise, content),
      'a gzip member (CRC-32)',
      stored.length - 8,
    ],
    [
      'the second of two gzip members',
      join(gzipSync(content), damaged(stored, 1000)),
      join(content, noise),
      'a gzip member (CRC-32)',
      gzipSync(content).length + stored.length - 8,
    ],
    ['a zstd frame', damaged(zstd(noise, { checksum: true }), 100), noise, 'a zstd frame (xxHash64)', -4],
    ["an lz4 frame's header", damaged(lz4(noise), 6), noise, 'the header of an lz4 frame (xxHash32)', 6],
    ["an lz4 frame's content", damaged(block, -1), noise, 'an lz4 frame (xxHash32)', -4],
  ])('a mismatch of %s is a warning with its place, and the data is there', async (_, packed, whole, what, place) => {
    const { bytes, fault, source } = await unpacked(packed);
    expect(fault).toBeNull();
    expect(bytes).toHaveLength(whole.length);
    expect(source.warnings).toEqual([
      {
        kind: 'bad-checksum',
        offset: place < 0 ? packed.length + place : place,
        message: expect.stringContaining(`the checksum of ${what} does not match`) as string,
      },
    ]);
  });

  it('of lz4 blocks and their content are both compared', async () => {
    const { source } = await unpacked(damaged(block, 100));
    expect(source.warnings?.map(({ message }) => /checksum of (.*?) \(/.exec(message)?.[1])).toEqual([
      'a block of an lz4 frame',
      'an lz4 frame',
    ]);
  });

  it('that are wrong again and again are counted', async () => {
    const wrong = damaged(gzipSync('x', { level: 0 }), -8);
    const { source, bytes } = await unpacked(join(...Array.from({ length: 300 }, () => wrong)));
    expect(bytes).toHaveLength(300);
    expect(source.warnings).toHaveLength(6);
    expect(source.warnings?.[5].message).toBe('295 more checksums like the 5 before');
  });
});
