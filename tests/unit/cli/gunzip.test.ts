import { gzipSync } from 'node:zlib';
import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { gunzipAhead } from '../../../src/cli/gunzip.ts';
import { decompressed } from '../../../src/decompress/decompressed.ts';
import { unpackWith } from '../../../src/decompress/platform.ts';
import { seededRandom } from '../../builders/random.ts';
import { unpacked } from '../decompress/unpacked.ts';

const random = seededRandom(5);
/** More than the terminal unpacks at a time, packed and unpacked. */
const content = Buffer.from(
  Uint8Array.from({ length: 1_500_000 }, (_, at) => (at % 3 === 0 ? 0 : random.integer(0, 255))),
);
const packed = Uint8Array.from(gzipSync(content));
const half = content.length >> 1;
const damaged = packed.slice().fill(0xff, packed.length >> 1, (packed.length >> 1) + 40);

const FILES: [name: string, packed: Uint8Array][] = [
  ['whole', packed],
  ['of two members', Buffer.concat([gzipSync(content.subarray(0, half)), gzipSync(content.subarray(half))])],
  ['cut', packed.subarray(0, Math.floor(packed.length * 0.6))],
  ['damaged', damaged],
  ['with a wrong checksum', packed.slice().fill(0, packed.length - 8, packed.length - 4)],
  ['with something else behind it', Buffer.concat([packed, Buffer.from('something else')])],
  ['of nothing', gzipSync('')],
];

it('unpacks in the terminal to what is unpacked elsewhere, with the same words', async () => {
  const elsewhere = [];
  unpackWith({ gunzip: null });
  for (const [, bytes] of FILES) elsewhere.push(await unpacked(bytes));
  unpackWith({ gunzip: gunzipAhead });
  for (const [index, [name, bytes]] of FILES.entries()) {
    const here = await unpacked(bytes);
    expect(here.bytes.equals(elsewhere[index].bytes), name).toBe(true);
    expect(here.fault, name).toEqual(elsewhere[index].fault);
    expect(here.source.warnings, name).toEqual(elsewhere[index].source.warnings);
  }
  expect(elsewhere[0].bytes.equals(content)).toBe(true);
});

it('ends where the reader goes away, and tells why a file cannot be read', async () => {
  unpackWith({ gunzip: gunzipAhead });
  let closed = 0;
  const failing = (failsAt: number): ByteSource => {
    const whole = bufferSource(packed, 'packed');
    return {
      ...whole,
      open() {
        const reader = whole.open();
        let taken = 0;
        return {
          async read(space) {
            const piece = await reader.read(space);
            taken += piece.length;
            if (taken > failsAt) throw new Error('the disk is gone');
            return piece;
          },
          async close() {
            closed++;
            await reader.close();
          },
        };
      },
    };
  };
  const left = decompressed(failing(Number.POSITIVE_INFINITY)).open();
  // So far a beginning is kept for who reads the file anew.
  for (let read = 0; read <= 1 << 18; read += 65_536)
    expect((await left.read(new Uint8Array(65_536))).length).toBeGreaterThan(0);
  await left.close();
  expect(closed).toBe(1);
  const broken = decompressed(failing(300_000)).open();
  const readAll = async (): Promise<void> => {
    while ((await broken.read(new Uint8Array(65_536))).length > 0);
  };
  await expect(readAll()).rejects.toMatchObject({ message: expect.stringContaining('the disk is gone') as string });
});
