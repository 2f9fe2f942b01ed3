import { gzipSync } from 'node:zlib';
import { bufferSource, type ByteSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { inReadingOrder, isReadable } from '../../../src/analysis/reading/reading-order.ts';
import { openArchives } from '../../../src/decompress/archives/open-archives.ts';
import { closeBegun, decompressed } from '../../../src/decompress/decompressed.ts';
import { lz4 } from '../../builders/compress/lz4.ts';
import { zstd } from '../../builders/compress/zstd.ts';
import { pcap } from '../../builders/pcap.ts';

const CAPTURE = pcap({ packets: [{ seconds: 1, nanoseconds: 0, data: new Uint8Array(60) }] });

/** What was done with sources. */
class Work {
  opened = 0;
  open = 0;
  mostOpen = 0;
  bytes = 0;

  counted(bytes: Uint8Array, name = 'counted'): ByteSource {
    const source = bufferSource(bytes, name);
    return {
      name,
      size: source.size,
      open: () => {
        const reader = source.open();
        let isOpen = false;
        return {
          read: async (space) => {
            // A file is opened with its first read.
            if (!isOpen) {
              this.opened++;
              this.open++;
              this.mostOpen = Math.max(this.mostOpen, this.open);
            }
            isOpen = true;
            const piece = await reader.read(space);
            this.bytes += piece.length;
            return piece;
          },
          close: async () => {
            if (isOpen) this.open--;
            isOpen = false;
          },
        };
      },
    };
  }
}

async function head(source: ByteSource, bytes: number): Promise<Uint8Array> {
  const reader = source.open();
  const piece = await reader.read(new Uint8Array(bytes));
  await reader.close();
  return piece.slice();
}

async function all(source: ByteSource, at = 1000): Promise<{ bytes: Buffer; fault: unknown }> {
  const reader = source.open();
  const pieces: Uint8Array[] = [];
  let fault: unknown = null;
  try {
    for (let piece = await reader.read(new Uint8Array(at)); piece.length > 0;) {
      pieces.push(piece.slice());
      piece = await reader.read(new Uint8Array(at));
    }
  } catch (error) {
    fault = error;
  }
  await reader.close();
  return { bytes: Buffer.concat(pieces), fault };
}

describe('a file that is looked at before it is read', () => {
  it.each([
    ['zstd', zstd(new Uint8Array(0)), zstd(CAPTURE)],
    ['lz4', lz4(new Uint8Array(0)), lz4(CAPTURE)],
    ['gzip', new Uint8Array(gzipSync('')), new Uint8Array(gzipSync(CAPTURE))],
  ])('is unpacked once, also where %s unpacks to nothing for long', async (_, empty, capture) => {
    const work = new Work();
    const packed = Buffer.concat([...Array.from({ length: 5000 }, () => empty), capture]);
    const { sources } = await openArchives([work.counted(packed)], { passwords: [], isWanted: isReadable });
    const [{ source }] = await inReadingOrder(sources);
    expect((await readPackets(source, () => undefined)).packets).toBe(1);
    // What the platform's own unpacker of gzip does not take is begun anew by ours.
    expect(work.bytes).toBeLessThanOrEqual(2 * packed.length);
    expect(work.opened).toBeLessThanOrEqual(2);
  });

  it('gives the same bytes, wherever the looks at it end', async () => {
    const content = Uint8Array.from({ length: 700_000 }, (_, index) => (index * index) >> 5);
    for (const bytes of [content, zstd(content), new Uint8Array(gzipSync(content))]) {
      for (const looks of [[], [1], [100, 70_000, 3], [300_000, 5], [262_144, 262_145, 9]]) {
        const source = decompressed(new Work().counted(bytes));
        for (const look of looks) expect([...(await head(source, 4)), look]).toEqual([...content.slice(0, 4), look]);
        for (const look of looks) await head(source, look);
        expect((await all(source)).bytes.equals(content)).toBe(true);
        expect((await all(source, 99_999)).bytes.equals(content)).toBe(true);
      }
    }
  });

  it('ends with the same fault each time', async () => {
    const source = decompressed(bufferSource(zstd(CAPTURE, { blockBytes: 10 }).subarray(0, -3)));
    const first = await all(source);
    expect(first.fault).toMatchObject({ kind: 'cut-compression' });
    expect(await all(source)).toEqual(first);
  });

  it('is open beside no other', async () => {
    const work = new Work();
    const files = Array.from({ length: 20 }, (_, file) => work.counted(CAPTURE, `${file}.pcap`));
    const { sources } = await openArchives(files, { passwords: [], isWanted: isReadable });
    for (const { source } of await inReadingOrder(sources)) await readPackets(source, () => undefined);
    expect(work.mostOpen).toBe(1);
    expect(work.opened).toBeLessThanOrEqual(2 * files.length);
  });

  it('is closed where no other is looked at', async () => {
    const work = new Work();
    const source = decompressed(work.counted(zstd(new Uint8Array(1 << 19).fill(7))));
    await head(source, 4);
    expect(work.open).toBe(1);
    await closeBegun();
    expect(work.open).toBe(0);
    expect([...(await head(source, 2))]).toEqual([7, 7]);
    await closeBegun();
  });

  it('can be read by two at a time', async () => {
    const source = decompressed(bufferSource(zstd(CAPTURE)));
    await head(source, 4);
    const readers = [source.open(), source.open()];
    const heads = await Promise.all(readers.map((reader) => reader.read(new Uint8Array(50))));
    for (const bytes of heads) expect([...bytes]).toEqual([...CAPTURE.subarray(0, bytes.length)]);
    for (const reader of readers) await reader.close();
    expect((await all(source)).bytes.equals(CAPTURE)).toBe(true);
  });
});
