import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
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
  // Folders that begin with a dot hold what other tests make and take away meanwhile: they are not entered.
  return globSync(`${folder}/**/*.{ts,tsx,js}`, { cwd: ROOT, ignore: ['**/node_modules/**', '**/dist/**'] }).map(
    (name) => ({ name, lines: readFileSync(path.join(ROOT, name), 'utf8').trimEnd().split('\n') }),
  );
}

/** Where a program or a package begins. */
const ENTRIES: ReadonlySet<string> = new Set(['src/cli/main.ts', 'src/main.tsx', 'src/pcap-ts-parser/index.ts']);

/** The files that a file imports, types included. */
function importsOf({ name, lines }: File): string[] {
  const imports = lines.join('\n').matchAll(/(?:from|import\(|import|URL\()\s*'(\.[^'?]+)/g);
  return [...imports].map(([, place]) => path.posix.join(path.posix.dirname(name), place));
}

/** The folder of the analysis that a file lies in, null for others. */
function folderOf(name: string): string | null {
  return /^src\/analysis\/([^/]+)\//.exec(name)?.[1] ?? null;
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

  it('in files that are all used', () => {
    const used = new Set(all.flatMap((file) => importsOf(file)));
    const alone = source.map(({ name }) => name).filter((name) => !used.has(name) && !name.endsWith('.d.ts'));
    expect(alone.filter((name) => !ENTRIES.has(name))).toEqual([]);
  });

  it('in folders of the analysis that stand in an order', () => {
    const below = new Map<string, Set<string>>();
    for (const file of source) {
      const from = folderOf(file.name);
      if (from === null) continue;
      const known = below.get(from) ?? new Set();
      below.set(from, known);
      for (const to of importsOf(file).map(folderOf)) if (to !== null && to !== from) known.add(to);
    }
    // What imports none of those that are left is taken away, again and again: a circle stays.
    for (let free = ['']; free.length > 0;) {
      free = [...below].filter(([, to]) => ![...to].some((folder) => below.has(folder))).map(([from]) => from);
      for (const folder of free) below.delete(folder);
    }
    expect(Object.fromEntries(below)).toEqual({});
  });
});
