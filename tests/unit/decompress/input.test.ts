import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { CompressedInput } from '../../../src/decompress/input.ts';

const BYTES = Uint8Array.from({ length: 8_000_000 }, (_, index) => (index * 31) >> 4);

/** An input, and how much its source, which gives at most so many bytes at once, was asked for each time. */
function inputWith(most = BYTES.length): { input: CompressedInput; asked: number[] } {
  const asked: number[] = [];
  const reader = bufferSource(BYTES).open();
  const read = async (space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
    asked.push(space.length);
    return reader.read(space.subarray(0, most));
  };
  return { input: new CompressedInput({ read, close: async () => {} }), asked };
}

describe('compressed input', () => {
  it('takes little for the first bytes, and seldom asks for what follows', async () => {
    const { input, asked } = inputWith();
    await input.has(8);
    expect(asked).toEqual([1 << 10]);
    while ((await input.piece()).length > 0);
    expect(input.taken).toBe(BYTES.length);
    expect(asked.length).toBeLessThan(20);
  });

  it('hands on small pieces all the same, in their order', async () => {
    const { input } = inputWith();
    const pieces: Uint8Array[] = [];
    for (let piece = await input.piece(); piece.length > 0; piece = await input.piece()) pieces.push(piece);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(1 << 14);
    expect(Buffer.compare(Buffer.concat(pieces), BYTES)).toBe(0);
  });

  it.each([700, 1 << 14, 50_000])('makes little room for a source that gives %i bytes at a time', async (most) => {
    const { input, asked } = inputWith(most);
    while ((await input.piece()).length > 0);
    expect(input.taken).toBe(BYTES.length);
    expect(asked.reduce((sum, bytes) => sum + bytes)).toBeLessThan(2 * BYTES.length);
  });

  it('does not ask a source again that has ended', async () => {
    const { input, asked } = inputWith();
    while ((await input.piece()).length > 0);
    const before = asked.length;
    for (let again = 0; again < 100; again++) expect(await input.has(1)).toBe(false);
    expect(asked.length).toBe(before);
  });
});
