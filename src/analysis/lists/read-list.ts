import { csvColumns, readCsv } from './csv-list.ts';
import { readJson } from './json-list.ts';
import type { List } from './list.ts';
import { readLines } from './plain-list.ts';

/** Reads a list in any form it comes in: one entry a line, a CSV with a column of them, STIX 2.1 or MISP JSON. */
export function readList(text: string): List {
  // A line may begin with "[2001:db8::1]", which is no JSON.
  if (/^\s*(?:\{|\[\s*[{\]])/.test(text)) return readJson(text);
  const columns = csvColumns(text);
  return columns === null ? readLines(text) : readCsv(text, columns);
}
