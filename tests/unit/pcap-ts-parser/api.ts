import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

export const PACKAGE = path.resolve(import.meta.dirname, '../../../src/pcap-ts-parser');

/** One thing that the package exports. */
export interface ApiEntry {
  name: string;
  /** Its doc comment without the marks of one; empty where it has none. */
  doc: string;
  /** Names of a function's parameters. */
  parameters: string[];
  isFunction: boolean;
}

interface Named {
  name: string;
}
interface Declaration {
  type: string;
  id?: Named | null;
  declarations?: { id: Named }[];
  params?: { name?: string; left?: Named }[];
}
interface Statement {
  type: string;
  start: number;
  declaration?: Declaration | null;
  source?: { value: string } | null;
  specifiers?: { exported: Named }[];
}

/** All that the package's index exports, in its order, with the doc comments from where it is declared. */
export function packageApi(): ApiEntry[] {
  return statementsOf('index.ts').statements.flatMap(({ source, specifiers = [] }) => {
    const file = source?.value ?? '';
    return specifiers.map(({ exported }) => declared(file, exported.name));
  });
}

/** The API as a table for the README: each name with the first sentence said of it. */
export function apiTable(entries: readonly ApiEntry[]): string {
  const rows = entries.map(({ name, doc, parameters, isFunction }) => {
    const [first] = doc.replaceAll(/\s+/g, ' ').split(/(?<=[.:;])\s/);
    return `| \`${name}${isFunction ? `(${parameters.join(', ')})` : ''}\` | ${first.replace(/[.:;]$/, '')} |`;
  });
  return ['| export | |', '|---|---|', ...rows].join('\n');
}

function declared(file: string, name: string): ApiEntry {
  const { text, statements, comments } = statementsOf(file);
  for (const { start, declaration } of statements) {
    if (declaration === null || declaration === undefined) continue;
    const names = [declaration.id?.name, ...(declaration.declarations ?? []).map(({ id }) => id.name)];
    if (!names.includes(name)) continue;
    const comment = comments.findLast(({ end }) => end <= start && text.slice(end, start).trim() === '');
    const parameters = (declaration.params ?? []).map((parameter) => parameter.name ?? parameter.left?.name ?? '');
    return { name, doc: plain(comment?.value ?? ''), parameters, isFunction: declaration.params !== undefined };
  }
  throw new Error(`${file} does not declare ${name}`);
}

function plain(comment: string): string {
  return comment.startsWith('*')
    ? comment
        .slice(1)
        .replaceAll(/^\s*\* ?/gm, '')
        .trim()
    : '';
}

function statementsOf(file: string) {
  const text = readFileSync(path.join(PACKAGE, file), 'utf8');
  const { program, comments } = parseSync(file, text);
  return { text, comments, statements: program.body as unknown as Statement[] };
}
