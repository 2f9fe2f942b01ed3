import { Decompress } from 'fzstd';
import { describe, expect, it } from 'vitest';
import { ZstdBlockGuard } from '../../../src/decompress/zstd-block.ts';
import { zstdOfEndlessTree, zstdOfLongMatches } from '../../builders/compress/zstd.ts';
import { unpacked } from './unpacked.ts';

const FRAME_HEADER = 6;

describe('zstd blocks', () => {
  it('that would copy billions of bytes are refused within the first 128 KiB', () => {
    const frame = zstdOfLongMatches(60_000);
    const guard = new ZstdBlockGuard();
    const library = new Decompress(() => {});
    // Empty blocks first, for the library waits for 18 bytes.
    library.push(Uint8Array.of(...frame.subarray(0, FRAME_HEADER), ...Array<number>(12).fill(0)));
    guard.watch(library);
    guard.begin(frame.subarray(FRAME_HEADER));
    expect(() => library.push(frame.subarray(FRAME_HEADER))).toThrow('more bytes than it may have');
    expect(guard.steps).toBeLessThanOrEqual(2);
  });

  it('end with what is wrong, not without end', async () => {
    for (const [frame, wrong] of [
      [zstdOfLongMatches(60_000), 'more bytes than it may have'],
      [zstdOfEndlessTree(), 'a Huffman tree of one weight'],
    ] as const) {
      const { bytes, fault } = await unpacked(frame);
      expect(bytes).toHaveLength(0);
      expect(fault).toMatchObject({ kind: 'bad-compression', message: expect.stringContaining(wrong) as string });
    }
  });

  it('that are packed as they should be come out whole', async () => {
    const frame = new Uint8Array(Buffer.from(HONEST, 'base64'));
    const { bytes, fault } = await unpacked(frame);
    expect(fault).toBeNull();
    expect(bytes.toString()).toBe(lines());
  });
});

/** The lines below as "zstd -19" packs them: a tree, tables and sequences. */
const HONEST =
  'KLUv/QRo5QgAVlElFYBLocUAPlwE0EM5RCK7d0ahTSyx6CYAHQAbAHZNz+/yUHiaJTmuikOcmFURzbweZCCBgaABQWEBQQDgoMAA' +
  'IEAMQ5wVzYrMWHzbNT2/y0PhaZbkuCoOcVY0KzJj8R3C0yzJcVUc4qxoVmTG4tuu6fldHgpPsyTHVTGHmp7f5aHwNEtyXBWHOCua' +
  'FZmx+LZren6XhwGAnagRcPX2OzBJQekBESQECENYInw/wEEuXN9gQw09schkVrSowQY6Ih0czBUuN2ysQY8YMpsFLTWwQQ8oUwzl' +
  'wvUGG2rYg5VMZqFFDTakA9PEyFxwuWHjGnTEIdMsaKkRG3SgWOEgF643sqEGjTNMMu1luAwuwktwEVwGcGFZr1XAUAMSVDAZ';

/** What `HONEST` was packed from. */
function lines(): string {
  return Array.from({ length: 150 }, (_, line) => `10.0.0.${line % 7} GET /check?id=${line % 31}\n`).join('');
}
