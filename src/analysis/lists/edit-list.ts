import { indicatorText, type Indicator, parseIndicator } from './indicator.ts';
import { isRefusal } from '../net/network.ts';
import { linesOf } from './plain-list.ts';

/** A list's text with one entry more, at its end; as it was where the entry is in it. Comments stay. */
export function withEntry(text: string, indicator: Indicator, note = ''): string {
  const entry = indicatorText(indicator);
  if (linesOf(text).some((line) => entryOf(line) === entry)) return text;
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${before}${entry}${note === '' ? '' : `  # ${note.replaceAll(/\s+/g, ' ')}`}\n`;
}

/** A list's text without an entry, however it is written in it. Everything else stays. */
export function withoutEntry(text: string, indicator: Indicator): string {
  const entry = indicatorText(indicator);
  return linesOf(text)
    .filter((line) => entryOf(line) !== entry)
    .join('\n');
}

/** The entry of a line in the one way it is written; '' for none. */
function entryOf(line: string): string {
  const indicator = parseIndicator(line.split('#', 1)[0]);
  return isRefusal(indicator) ? '' : indicatorText(indicator);
}
