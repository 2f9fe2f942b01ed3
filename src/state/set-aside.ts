import { type Indicator, indicatorText, parseIndicator, plainIndicator } from '../analysis/lists/indicator.ts';
import type { ListEntry } from '../analysis/lists/list.ts';
import { Matcher } from '../analysis/lists/matcher.ts';
import { pairsBySource, sourceKey } from '../analysis/lists/pairs.ts';
import { readList } from '../analysis/lists/read-list.ts';
import { parseAddress } from '../analysis/net/address.ts';
import { isRefusal } from '../analysis/net/network.ts';

/** The ends of a connection: two addresses, and what the destination is called, '' for nothing. */
export interface AsideEnds {
  source: string;
  destination: string;
  name: string;
}

/** What of connections can be set aside: what each source has with its destination, or their destinations. */
export const ASIDE_KINDS = ['pair', 'address', 'network', 'name', 'below'] as const;
export type AsideKind = (typeof ASIDE_KINDS)[number];

export interface AsideChoice {
  kind: AsideKind;
  /** An entry of the list for each connection, each once. */
  indicators: Indicator[];
  /** The first as people say it, without what marks a name. */
  text: string;
}

/** The network around an address that is likely one operator's: 256 IPv4 addresses, one IPv6 link. */
const NETWORK_PREFIX = { 4: 24, 6: 64 } as const;

/** What connections offer to set aside: each kind that all of them have. A name that no list can hold is none. */
export function asideChoices(rows: readonly AsideEnds[]): AsideChoice[] {
  return ASIDE_KINDS.flatMap((kind) => {
    const found = new Map<string, Indicator>();
    for (const row of rows) {
      const indicator = parseIndicator(asideText(row, kind));
      if (isRefusal(indicator)) return [];
      found.set(indicatorText(indicator), indicator);
    }
    const indicators = [...found.values()];
    return indicators.length === 0 ? [] : [{ kind, indicators, text: plainIndicator(indicators[0]) }];
  });
}

/** An entry of a list for one kind of a connection; '' where it has none. */
function asideText({ source, destination, name }: AsideEnds, kind: AsideKind): string {
  const address = parseAddress(destination);
  // An address in the place of a name is offered already.
  const isName = name !== '' && parseAddress(name) === null && !isRefusal(parseIndicator(`=${name}`));
  switch (kind) {
    case 'address':
      return address === null ? '' : destination;
    case 'network':
      return address === null ? '' : `${destination}/${NETWORK_PREFIX[address.version]}`;
    case 'name':
      return isName ? `=${name}` : '';
    case 'below':
      return isName ? `*.${name}` : '';
    case 'pair':
      return parseAddress(source) === null ? '' : `${source} > ${isName ? `=${name}` : destination}`;
  }
}

/** The entries of a list that cover a connection, each once. */
export function coveringEntries(allow: string, { source, destination, name }: AsideEnds): Indicator[] {
  const { entries } = readList(allow);
  const pairs = pairsBySource(entries).get(sourceKey(parseAddress(source)));
  const places = [
    ...hitsOf(entries, destination, name),
    ...(pairs === undefined ? [] : hitsOf(pairs.entries, destination, name).map((place) => pairs.places[place])),
  ];
  return [...new Set(places)].map((place) => entries[place].indicator);
}

/** Places of the closest entries for an address and for a name. */
function hitsOf(entries: readonly ListEntry[], destination: string, name: string): number[] {
  const matcher = new Matcher({ entries });
  const places = [matcher.ofAddress(parseAddress(destination)), name === '' ? -1 : matcher.ofName(name)];
  return places.filter((place) => place >= 0);
}
