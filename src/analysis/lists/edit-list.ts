import { type Indicator, indicatorText, parseIndicator } from './indicator.ts';
import { asPlainList, withFile } from './list-import.ts';
import { isRefusal } from '../net/network.ts';
import { listText } from './list.ts';
import { linesOf } from './plain-list.ts';

/** A list with entries at its end that it does not have. One that was pasted as CSV or JSON becomes one entry a line. */
export function withEntries(list: string, indicators: readonly Indicator[]): string {
  return withFile(list, listText(indicators.map((indicator) => ({ indicator, note: '' })))).text;
}

/** A list without some entries, however they are written in it. Everything else of one entry a line stays. */
export function withoutEntries(list: string, indicators: readonly Indicator[]): string {
  const entries = new Set(indicators.map(indicatorText));
  return [...linesOf(asPlainList(list))].filter((line) => !entries.has(entryOf(line))).join('\n');
}

/** The entry of a line in the one way it is written; '' for none. */
function entryOf(line: string): string {
  const indicator = parseIndicator(line.split('#', 1)[0]);
  return isRefusal(indicator) ? '' : indicatorText(indicator);
}
