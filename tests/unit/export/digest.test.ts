import { createHash } from 'node:crypto';
import { blobSource, bufferSource, type ByteSource, CaptureError } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { digestsOf, digestsRead, sha256Of } from '../../../src/export/digest.ts';

it.each([0, 1, 63, 64, 1 << 20, (1 << 20) + 1, 3_000_000])('SHA-256 of %d bytes is what Node says', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);
  const expected = createHash('sha256').update(bytes).digest('hex');
  const seen: number[] = [];
  expect(await sha256Of(bufferSource(bytes), { onProgress: (count) => seen.push(count) })).toBe(expected);
  expect(await sha256Of(blobSource(new Blob([bytes])))).toBe(expected);
  expect(seen.at(-1) ?? 0).toBe(length);
});

it('digests by name keep those of all files of that name', async () => {
  const sources = [
    bufferSource(Uint8Array.of(1), 'a'),
    bufferSource(Uint8Array.of(2), 'b'),
    bufferSource(Uint8Array.of(3), 'a'),
  ];
  const hex = (byte: number): string => createHash('sha256').update(Uint8Array.of(byte)).digest('hex');
  const seen: number[] = [];
  expect([...(await digestsOf(sources, [], { onProgress: (bytes) => seen.push(bytes) }))]).toEqual([
    ['a', `${hex(1)}, ${hex(3)}`],
    ['b', hex(2)],
  ]);
  expect(seen).toEqual([1, 2, 3]);
});

it.each([
  ['it changed', new CaptureError('changed-file', 2, 'it changed')],
  ['reading failed: Error: gone', new Error('gone')],
])('of a file that cannot be read to its end there is none, and that is said: %s', async (why, fault) => {
  let reads = 0;
  const read = async (space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
    if (reads++ > 0) throw fault;
    return space.subarray(0, 2);
  };
  const damaged: ByteSource = { name: 'a', size: 4, open: () => ({ read, close: async () => {} }) };
  const sources = [damaged, bufferSource(Uint8Array.of(2), 'b')];
  const digests = await digestsOf(sources);
  expect(digests.get('a')).toBe(`not computed: ${why}`);
  expect(digestsRead(digests, sources).map(({ file }) => file)).toEqual(['b']);
});

it('what is thrown while it is told how far it is ends it', async () => {
  const stop = (): never => {
    throw new RangeError('stopped');
  };
  await expect(digestsOf([bufferSource(Uint8Array.of(1))], [], { onProgress: stop })).rejects.toThrow('stopped');
});
