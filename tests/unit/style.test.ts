import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LONGEST_LINE = 120;
/** A few long vectors and patterns are better read whole. */
const MOST_LONG_LINES = 0.005;
const LONGEST_FILE = 350;
const SMALL_FILE = 20;
const MOST_SMALL_FILES = 45;

interface File {
  name: string;
  lines: string[];
}

function filesIn(folder: string): File[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|js)$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
    .map((name) => ({
      name: `${folder}/${name}`,
      lines: readFileSync(path.join(ROOT, folder, name), 'utf8')
        .trimEnd()
        .split('\n'),
    }));
}

describe('the code is laid out to be read', () => {
  const source = filesIn('src');
  const all = [...source, ...filesIn('tests')];

  it('in lines that fit', () => {
    const long = all.flatMap(({ name, lines }) =>
      lines.flatMap((line, index) => (line.length > LONGEST_LINE ? [`${name}:${index + 1}`] : [])),
    );
    const count = all.reduce((sum, { lines }) => sum + lines.length, 0);
    expect(long.length / count, long.join('\n')).toBeLessThanOrEqual(MOST_LONG_LINES);
  });

  it('in files of one concept, neither long nor slivers', () => {
    expect(source.filter(({ lines }) => lines.length > LONGEST_FILE).map(({ name }) => name)).toEqual([]);
    const small = source.filter(({ lines }) => lines.length <= SMALL_FILE).map(({ name }) => name);
    expect(small.length, small.join('\n')).toBeLessThanOrEqual(MOST_SMALL_FILES);
  });
});
