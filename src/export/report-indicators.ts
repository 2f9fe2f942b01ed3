import { type Indicators, indicatorText } from './indicators.ts';
import { escaped, escapedLines } from './markup.ts';
import { counted } from './phrases.ts';
import { stixBundle } from './stix.ts';

/** Indicators that a report holds: it is for reading, and a file of them has all. */
const MOST_SHOWN = 200;

/** What a report gives to look for elsewhere: the indicators as text to send, defanged, and as STIX 2.1; '' for none. */
export function indicatorSection({ connections, domains }: Indicators, madeMs: number): string {
  const found = connections.length + domains.length;
  if (found === 0) return '';
  const shown = { connections: connections.slice(0, MOST_SHOWN), domains: domains.slice(0, MOST_SHOWN) };
  const more = found - shown.connections.length - shown.domains.length;
  const parts = [
    ...(connections.length === 0 ? [] : [`${counted(shown.connections.length, 'connection')} to be read`]),
    ...(domains.length === 0 ? [] : [`${counted(shown.domains.length, 'domain')} found malicious or suspicious`]),
  ];
  const said = `${parts.join(' and ')}, with the techniques of ATT&CK that each would be`;
  const left = more === 0 ? '' : `; ${counted(more, 'more indicator')} left out here`;
  return `<h2>Indicators</h2>
<p>${escaped(`${said}${left}.`)}</p>
<pre>${escapedLines([...indicatorText(shown)].join('').trimEnd())}</pre>
<details><summary>The same as STIX 2.1</summary><pre>${escaped([...stixBundle(shown, madeMs)].join('').trimEnd())}</pre></details>
`;
}
