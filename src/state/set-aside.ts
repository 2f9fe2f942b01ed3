import { type Indicator, indicatorText, parseIndicator } from '../analysis/lists/indicator.ts';
import { Matcher } from '../analysis/lists/matcher.ts';
import { readList } from '../analysis/lists/read-list.ts';
import { parseAddress } from '../analysis/net/address.ts';
import { isRefusal } from '../analysis/net/network.ts';

/** What of a destination can be set aside. */
export interface AsideChoice {
  kind: 'address' | 'name' | 'below' | 'network';
  indicator: Indicator;
  /** As a list has it, without what marks a name. */
  text: string;
}

/** The network around an address that is likely one operator's: 256 IPv4 addresses, one IPv6 link. */
const NETWORK_PREFIX = { 4: 24, 6: 64 } as const;

/** What a row's destination offers to set aside; a name that no list can hold is not among it. */
export function asideChoices(destination: string, name: string): AsideChoice[] {
  const address = parseAddress(destination);
  const network = address === null ? '' : `${destination}/${NETWORK_PREFIX[address.version]}`;
  // An address in the place of a name is offered already.
  const isName = name !== '' && parseAddress(name) === null;
  const asked = [
    ['address', address === null ? '' : destination],
    ['network', network],
    ['name', isName ? `=${name}` : ''],
    ['below', isName ? `*.${name}` : ''],
  ] as const;
  return asked.flatMap(([kind, text]) => {
    const indicator = parseIndicator(text);
    return isRefusal(indicator) ? [] : [{ kind, indicator, text: plainText(indicator) }];
  });
}

/** An indicator as people say it: a name without the mark before it. */
function plainText(indicator: Indicator): string {
  return indicatorText(indicator).replace(/^(?:\*\.|=)/, '');
}

/** The entries of a list that cover a destination or what it is called, each once. */
export function coveringEntries(allow: string, destination: string, name: string): Indicator[] {
  const { entries } = readList(allow);
  const matcher = new Matcher({ entries });
  const places = [matcher.ofAddress(parseAddress(destination)), name === '' ? -1 : matcher.ofName(name)];
  return [...new Set(places)].filter((place) => place >= 0).map((place) => entries[place].indicator);
}
