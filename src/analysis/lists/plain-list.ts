import { isRefusal, type Refusal } from '../net/network.ts';
import { type Indicator, parseIndicator } from './indicator.ts';
import { type List, ListBuilder } from './list.ts';

/**
 * A list of one entry a line: what stands before "#" is the entry, what stands behind it the note on it. Lines without
 * an entry are comments.
 */
export function readLines(text: string, parse: (entry: string) => Indicator | Refusal = parseIndicator): List {
  const builder = new ListBuilder();
  for (const [index, line] of linesOf(text).entries()) {
    const hash = line.indexOf('#');
    const entry = (hash < 0 ? line : line.slice(0, hash)).trim();
    if (entry === '') continue;
    const indicator = parse(entry);
    if (isRefusal(indicator)) builder.problem(index + 1, `"${shortened(entry)}": ${indicator.reason}`);
    else if (!builder.add(index + 1, indicator, hash < 0 ? '' : line.slice(hash + 1))) break;
  }
  return builder.list;
}

/** The lines of a text, whatever ends them, without a byte order mark. */
export function linesOf(text: string): string[] {
  return text.replace(/^\u{feff}/u, '').split(/\r\n|\r|\n/);
}

/** A piece of somebody's text that is short enough for a sentence. */
export function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
