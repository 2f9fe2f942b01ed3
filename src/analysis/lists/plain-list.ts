import { isRefusal, type Refusal } from '../net/network.ts';
import { type Indicator, parseIndicator } from './indicator.ts';
import { type List, ListBuilder } from './list.ts';

/**
 * A list of one entry a line: what stands before "#" is the entry, what stands behind it the note on it. Lines without
 * an entry are comments.
 */
export function readLines(text: string, parse: (entry: string) => Indicator | Refusal = parseIndicator): List {
  const builder = new ListBuilder();
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    const hash = line.indexOf('#');
    const entry = (hash < 0 ? line : line.slice(0, hash)).trim();
    if (entry === '') continue;
    const indicator = parse(entry);
    const hasRoom = isRefusal(indicator)
      ? builder.problem(number, `"${shortened(entry)}": ${indicator.reason}`)
      : builder.add(number, indicator, hash < 0 ? '' : line.slice(hash + 1));
    if (!hasRoom) break;
  }
  return builder.list;
}

/** The lines of a text, one after the other, whatever ends them, without a byte order mark. */
export function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\u{feff}') ? 1 : 0;
  for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
    yield text.slice(start, index);
    start = index + end.length;
  }
  yield text.slice(start);
}

/** A piece of somebody's text that is short enough for a sentence. */
export function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
