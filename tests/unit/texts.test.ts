import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { markdownFiles } from '../bench/results.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

it.each(markdownFiles())('names only files and commands that there are: %s', (file) => {
  const text = readFileSync(file, 'utf8');
  const paths = [...text.matchAll(/`((?:src|tests|results)\/[\w./-]*)`/g)].map(([, named]) => path.join(ROOT, named));
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => path.join(path.dirname(file), link));
  expect([...paths, ...links].filter((named) => !existsSync(named))).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const commands = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});
