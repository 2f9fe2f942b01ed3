import type { SaidZones } from '../flow-logs/local-ends.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { readInternal } from '../lists/internal-list.ts';
import type { ListProblem } from '../lists/list.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
import { parseAddress } from '../net/address.ts';
import { maskedWords, networkText } from '../net/network.ts';
import { ZONES } from '../net/zones.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';

const INTERNAL = ZONES.indexOf('internal');
const EXTERNAL = ZONES.indexOf('external');
const GROUP = ZONES.indexOf('multicast');
/** What takes part in more of the flows than this share is the network's own. */
const MOST = 0.5;
/** The least that a site has of public addresses: a /24 of IPv4 can be announced, and a /64 of IPv6 is one link. */
const SITE_PREFIX = { 4: 24, 6: 64 } as const;

/** Where addresses lie, and what was taken as internal though the list does not say so. */
export interface InternalAddresses {
  /** By address: index into `ZONES`. */
  places: Uint8Array;
  /** The public address or network that most flows have to do with; null for none. */
  taken: OwnNetwork | null;
  /** Lines of the list that are none. */
  problems: ListProblem[];
}

/** A public address or network, and in how many of the flows that do not stay in a network it takes part. */
export interface OwnNetwork {
  text: string;
  flows: number;
  allFlows: number;
}

/**
 * Who is internal. A list of the analyst's own stands as it is. Else what logs call local, the rest by the list as it
 * comes; and where no log calls a public address local, also the one that takes part in most flows, or else the public
 * network that does.
 *
 * @param said of a part of a network's flows: what was found over all of them
 * @param isWhole whether these are all flows of a network
 */
export function internalAddresses(
  flows: FlowColumns,
  list: string,
  said: SaidZones,
  isWhole: boolean,
): InternalAddresses {
  const { addresses } = flows;
  const { places: zones, problems } = readInternal(list);
  // Parsed where they are needed: a flood has millions, and an object for each would outweigh its flows.
  const places = Uint8Array.from(addresses, (text) => ZONES.indexOf(zones.ofAddress(parseAddress(text))));
  if (list !== DEFAULT_SETTINGS.internal) return { places, taken: null, problems };
  placeSaid(places, addresses, said);
  // As they are installed, logs call private addresses local and no other: that says nothing of the network's public ones.
  const isToldApart = said.internal.some((text) => zones.of(text) === 'external');
  if (!isWhole || isToldApart) return { places, taken: null, problems };
  return { places, taken: takeOwnNetwork(flows, addresses, places), problems };
}

/** Flows between two addresses each, or pairs of addresses with how many flows each has. */
export interface AddressPairs {
  source: ArrayLike<number>;
  destination: ArrayLike<number>;
  length: number;
  /** By pair; left out where each is one flow. */
  flows?: ArrayLike<number>;
  /** Flows beside these that leave a network, and are with no external address alone. */
  otherFlows?: number;
}

/**
 * Turns the public address that takes part in most flows, or else the public network that does, from external to
 * internal. Null where there is none.
 */
export function takeOwnNetwork(
  pairs: AddressPairs,
  addresses: readonly string[],
  places: Uint8Array,
): OwnNetwork | null {
  if (!couldTakeMost(pairs, places)) return null;
  const each = { numbers: Uint32Array.from(addresses, (_, number) => number), texts: addresses };
  return takeMost(pairs, places, each) ?? takeMost(pairs, places, sitesOf(addresses));
}

/** "147.32.81.167 is taken as internal: 1462 of 1462 flows are with it"; '' where nothing was taken so. */
export function takenWords(taken: OwnNetwork | null): string {
  return taken === null
    ? ''
    : `${taken.text} is taken as internal: ${taken.flows} of ${taken.allFlows} flows are with it`;
}

/** Puts addresses, but those of groups, where logs say that they are. */
function placeSaid(places: Uint8Array, addresses: readonly string[], { internal, external }: SaidZones): void {
  const said = new Map<string, number>();
  for (const text of external) said.set(text, EXTERNAL);
  for (const text of internal) said.set(text, INTERNAL);
  for (let address = 0; address < places.length; address++) {
    if (places[address] !== GROUP) places[address] = said.get(addresses[address]) ?? places[address];
  }
}

/** By address: the number of what it belongs to, and what that is called. */
interface Sites {
  numbers: Uint32Array;
  texts: readonly string[];
}

function sitesOf(addresses: readonly string[]): Sites {
  const texts = new DistinctTexts('');
  const numbers = Uint32Array.from(addresses, (text) => {
    const address = parseAddress(text);
    if (address === null) return 0;
    const { version } = address;
    const prefix = SITE_PREFIX[version];
    return texts.numberOf(networkText({ address: { version, words: maskedWords(address, prefix) }, prefix }));
  });
  return { numbers, texts: texts.texts };
}

/** Whether flows from outside to outside are so many that one of their ends may take part in most of all. */
function couldTakeMost(
  { source, destination, length, flows, otherFlows = 0 }: AddressPairs,
  places: Uint8Array,
): boolean {
  let allFlows = otherFlows;
  let outside = 0;
  for (let pair = 0; pair < length; pair++) {
    const [from, to] = [places[source[pair]], places[destination[pair]]];
    if (from === GROUP || to === GROUP || (from === INTERNAL && to === INTERNAL)) continue;
    const count = flows?.[pair] ?? 1;
    allFlows += count;
    if (from === EXTERNAL && to === EXTERNAL) outside += count;
  }
  return outside > MOST * allFlows;
}

/** Turns external addresses of the site that most flows have to do with into internal ones; null where there is none. */
function takeMost(pairs: AddressPairs, places: Uint8Array, { numbers, texts }: Sites): OwnNetwork | null {
  const { source, destination, length, flows, otherFlows = 0 } = pairs;
  const counts = new Uint32Array(texts.length);
  const asked = new Uint32Array(texts.length);
  let allFlows = otherFlows;
  for (let pair = 0; pair < length; pair++) {
    const [from, to] = [source[pair], destination[pair]];
    const count = flows?.[pair] ?? 1;
    if (places[from] === GROUP || places[to] === GROUP) continue;
    if (places[from] === INTERNAL && places[to] === INTERNAL) continue;
    allFlows += count;
    if (places[from] !== EXTERNAL || places[to] !== EXTERNAL) continue;
    counts[numbers[from]] += count;
    asked[numbers[from]] += count;
    if (numbers[to] !== numbers[from]) counts[numbers[to]] += count;
  }
  // Of two ends that nothing else tells apart the one that asks is the network's own; the order of flows decides nothing.
  const isMore = (site: number, best: number): boolean => {
    if (counts[site] !== counts[best]) return counts[site] > counts[best];
    return asked[site] === asked[best] ? texts[site] < texts[best] : asked[site] > asked[best];
  };
  const most = counts.reduce((best, _, site) => (isMore(site, best) ? site : best), 0);
  if (counts[most] <= MOST * allFlows || texts[most] === '') return null;
  for (let address = 0; address < places.length; address++) {
    if (numbers[address] === most && places[address] === EXTERNAL) places[address] = INTERNAL;
  }
  return { text: texts[most], flows: counts[most], allFlows };
}
