import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AtOnce } from '../../../src/decompress/at-once.ts';
import { compressionOf } from '../../../src/decompress/compression.ts';
import { zstd } from '../../builders/compress/zstd.ts';
import { latin1 } from '../../builders/payloads/bytes.ts';
import { mutation } from '../../property/mutations.ts';
import { unpacked } from './unpacked.ts';

const LINES = latin1('10.0.0.1 asks 203.0.113.9 at 443\n'.repeat(20));
const ROOM = 1 << 10;
const plain = gzipSync(LINES);
const WITH_NAME = 8;
const FILES: Readonly<Record<string, Uint8Array>> = {
  gzip: plain,
  'gzip with a name': Buffer.concat(
    [plain.subarray(0, 3), [WITH_NAME], plain.subarray(4, 10), latin1('a.pcap\0'), plain.subarray(10)].map((part) =>
      Uint8Array.from(part),
    ),
  ),
  zstd: zstd(LINES),
  'zstd with a checksum': zstd(LINES, { checksum: true }),
};
const ready = await AtOnce.ready();

/** What is made of a packed file at once; null where it is left to a stream. */
function atOnce(packed: Uint8Array, room = ROOM): Buffer | null {
  const compression = compressionOf(packed);
  const out = new Uint8Array(room);
  const length = compression === null ? null : ready.unpack(compression, packed, out);
  return length === null ? null : Buffer.from(out.subarray(0, length));
}

describe.each(Object.entries(FILES))('a small file of %s', (_, packed) => {
  it('is unpacked at once', () => {
    expect(atOnce(packed)).toEqual(Buffer.from(LINES));
  });

  it('is left to a stream where there is no room for it', () => {
    expect(atOnce(packed, LINES.length - 1)).toBeNull();
  });

  it('is what a stream makes of it, or left to one, where it is damaged', async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async (damage) => {
        const damaged = damage(packed);
        const bytes = atOnce(damaged);
        if (bytes === null) return;
        const stream = await unpacked(damaged);
        expect(stream.bytes).toEqual(bytes);
        expect(stream.source.warnings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is never taken for the first of two', () => {
    expect([null, Buffer.concat([LINES, LINES])]).toContainEqual(atOnce(Buffer.concat([packed, packed]), 2 * ROOM));
  });
});
