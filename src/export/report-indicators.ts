import { type ConnectionIndicators, indicatorText } from './indicators.ts';
import { escaped, escapedLines } from './markup.ts';
import { counted } from './phrases.ts';
import { stixBundle } from './stix.ts';

/** Indicators that a report holds: it is for reading, and a file of them has all. */
const MOST_SHOWN = 200;

/** What a report gives to look for elsewhere: the indicators as text to send, defanged, and as STIX 2.1; '' for none. */
export function indicatorSection(indicators: readonly ConnectionIndicators[], madeMs: number): string {
  if (indicators.length === 0) return '';
  const shown = indicators.slice(0, MOST_SHOWN);
  const more = indicators.length - shown.length;
  const said = more === 0 ? '' : `; ${counted(more, 'more connection')} left out here`;
  return `<h2>Indicators</h2>
<p>${escaped(`${counted(shown.length, 'connection')} to be read, with the techniques of ATT&CK that each would be${said}.`)}</p>
<pre>${escapedLines([...indicatorText(shown)].join('').trimEnd())}</pre>
<details><summary>The same as STIX 2.1</summary><pre>${escaped([...stixBundle(shown, madeMs)].join('').trimEnd())}</pre></details>
`;
}
