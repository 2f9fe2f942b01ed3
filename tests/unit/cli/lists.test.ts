import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LARGEST_LIST_BYTES, MOST_ENTRIES } from '../../../src/analysis/lists/list.ts';
import { LARGEST_CASE_BYTES } from '../../../src/analysis/report/case-file.ts';
import { withCases } from '../../../src/cli/cases.ts';
import { readLists } from '../../../src/cli/lists.ts';

it('lists have so many entries together at most, and what is left out is said of each file', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lists-'));
  try {
    const files = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const file = path.join(folder, name);
        const entries = Array.from({ length: MOST_ENTRIES - 50_000 }, (_, entry) => `${entry}.${name}\n`);
        await writeFile(file, entries.join(''));
        return file;
      }),
    );
    const problems: string[] = [];
    const lines = (await readLists(files, (problem) => problems.push(problem))).trim().split('\n');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([MOST_ENTRIES, '*.0.a', '*.49999.b']);
    const words = `from here on left out: all lists together hold at most ${MOST_ENTRIES} entries`;
    expect(problems).toEqual([`${files[1]}: line 50001: ${words}`, `${files[2]}: line 1: ${words}`]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each<[string, number, (file: string) => Promise<unknown>]>([
  ['list', LARGEST_LIST_BYTES, (file) => readLists([file], () => undefined)],
  ['case', LARGEST_CASE_BYTES, (file) => withCases(new Map(), [file], () => undefined)],
])('a %s that is larger than any is refused by its size, before it is read', async (what, most, read) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lists-'));
  try {
    const file = path.join(folder, 'large');
    await writeFile(file, '');
    // A hole in the file: nothing is written, and reading it would give nothing but zeros.
    await truncate(file, most + 1);
    await expect(read(file)).rejects.toThrow(`${file}: too large for a ${what}, which has at most ${most} bytes`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
