import { csvColumns, readCsv } from './csv-list.ts';
import { readJson } from './json-list.ts';
import type { List } from './list.ts';
import { readLines } from './plain-list.ts';

/** Reads a list in any form it comes in: one entry a line, a CSV with a column of them, STIX 2.1 or MISP JSON. */
export function readList(text: string): List {
  if (isJson(text)) return readJson(text);
  const columns = csvColumns(text);
  return columns === null ? readLines(text) : readCsv(text, columns);
}

/** Whether a text begins as JSON does. A line may begin with "[2001:db8::1]", which is none. */
function isJson(text: string): boolean {
  // An expression that passes over blanks itself has no memory for millions of them.
  const begin = text.trimStart();
  return begin.startsWith('{') || (begin.startsWith('[') && /^[{\]]/.test(begin.slice(1).trimStart()));
}
