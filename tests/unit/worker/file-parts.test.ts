import { expect, it, vi } from 'vitest';
import { inSlices } from '../../../src/views/panels/export/save.ts';
import { FileParts } from '../../../src/worker/file-parts.ts';

it('a file of parts is what was added, in order, of its type', async () => {
  const file = new FileParts('text/csv');
  const long = 'x'.repeat(1 << 24);
  file.add('first\n');
  file.add(long);
  file.add(Uint8Array.of(0x41, 0x42));
  const blob = file.blob();
  expect(blob.type).toBe('text/csv');
  expect(blob.size).toBe(6 + long.length + 2);
  expect(await blob.slice(0, 8).text()).toBe('first\nxx');
  expect(await blob.slice(-4).text()).toBe('xxAB');
});

it('making a file in slices lets others in where a slice is over', async () => {
  const now = vi.spyOn(performance, 'now');
  const turns: string[] = [];
  function* pieces(): Generator<string> {
    for (const [piece, ms] of [
      ['0', 1],
      ['1', 1000],
      ['2', 1001],
    ] as const) {
      now.mockReturnValue(ms);
      turns.push(piece);
      yield piece;
    }
  }
  now.mockReturnValue(0);
  setTimeout(() => turns.push('others'));
  const blob = await inSlices(pieces(), 'text/plain');
  now.mockRestore();
  expect(await blob.text()).toBe('012');
  expect(turns).toEqual(['0', '1', 'others', '2']);
});
