import { NAME_LIMIT } from '../protocols/text.ts';
import { isBlank, isJson } from './json-syntax.ts';

/** An object of JSON, whatever it holds. */
export type JsonObject = Record<string, unknown>;

const BEGINS = /^[ \t\n\r]*\{/;
const CLOSE = 0x7d;
/** So many texts are refused by the parser, which takes long for it: those behind them are looked through before. */
const MOST_REFUSED = 100;
/** What one that is taken counts for: a log of which each second line is broken is made to be slow, too. */
const TAKEN = 1 / 64;
let refused = 0;

/** The object on one line of JSON; null where the line is none. */
export function jsonObject(line: string): JsonObject | null {
  if (!BEGINS.test(line) || !isClosed(line) || (refused >= MOST_REFUSED && !isJson(line))) return null;
  try {
    const object = objectOf(JSON.parse(line));
    refused = Math.max(0, refused - TAKEN);
    return object;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refused++;
    return null;
  }
}

/** Whether a line ends as an object does, blanks behind it or not: nearly all that are cut off do not. */
function isClosed(line: string): boolean {
  let at = line.length - 1;
  while (at > 0 && isBlank(line.charCodeAt(at))) at--;
  return line.charCodeAt(at) === CLOSE;
}

/** The value where it is an object. */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value as a number, 0 where it is missing; NaN for lists and objects, of which some have no text that could be one. */
export function numberIn(value: unknown): number {
  return typeof value === 'object' && value !== null ? Number.NaN : Number(value ?? 0);
}

/** The value where it is a text that is not empty. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value where it is a text that names something; '' for what is longer than any name, too: what waits would fill memory. */
export function shortIn(value: unknown): string {
  return typeof value === 'string' && value.length <= NAME_LIMIT ? value : '';
}
