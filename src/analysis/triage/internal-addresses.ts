import type { SaidZones } from '../flow-logs/local-ends.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { readInternal } from '../lists/internal-list.ts';
import type { ListProblem } from '../lists/list.ts';
import type { IpAddress } from '../net/address.ts';
import type { AddressList } from '../net/address-list.ts';
import { AddressTable } from '../net/addresses.ts';
import { maskedWords, networkText } from '../net/network.ts';
import { ZONES } from '../net/zones.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { countText } from '../count-text.ts';

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
  const places = new Uint8Array(addresses.length);
  for (let number = 0; number < places.length; number++)
    places[number] = ZONES.indexOf(zones.ofAddress(addresses.address(number)));
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
export function takeOwnNetwork(pairs: AddressPairs, addresses: AddressList, places: Uint8Array): OwnNetwork | null {
  if (!couldTakeMost(pairs, places)) return null;
  const numbers = new Uint32Array(addresses.length).map((_, number) => number + 1);
  const each = { numbers, count: addresses.length + 1, text: (site: number) => addresses.text(site - 1) };
  return takeMost(pairs, places, each) ?? takeMost(pairs, places, sitesOf(pairs, addresses, places));
}

/** "147.32.81.167 is taken as internal: 1462 of 1462 flows are with it"; '' where nothing was taken so. */
export function takenWords(taken: OwnNetwork | null): string {
  return taken === null
    ? ''
    : `${taken.text} is taken as internal: ${countText(taken.flows)} of ${countText(taken.allFlows)} flows are with it`;
}

/** Puts addresses, but those of groups, where logs say that they are. */
function placeSaid(places: Uint8Array, addresses: AddressList, { internal, external }: SaidZones): void {
  const said = new Map<string, number>();
  for (const text of external) said.set(text, EXTERNAL);
  for (const text of internal) said.set(text, INTERNAL);
  for (const [text, number] of addresses.numbersOf(said)) {
    if (places[number] !== GROUP) places[number] = said.get(text)!;
  }
}

/**
 * By address: the number of what it belongs to, 0 where that takes part in few flows; one more than the highest of them,
 * and what one is called, '' for what is no site.
 */
interface Sites {
  numbers: Uint32Array;
  count: number;
  text: (site: number) => string;
}

/** Numbers of addresses by their first 16 bits, and of what is no address. */
const NO_ADDRESS = 1 << 16;
/** The site of what is no address; networks are behind it. */
const NO_SITE = 1;

/**
 * The networks of external addresses. Those of a flood are as many as its flows: only networks are told apart whose
 * first 16 bits take part in so many flows as one of them must.
 */
function sitesOf(pairs: AddressPairs, addresses: AddressList, places: Uint8Array): Sites {
  const numbers = new Uint32Array(addresses.length);
  for (let number = 0; number < numbers.length; number++) {
    if (places[number] === EXTERNAL) numbers[number] = firstBitsOf(addresses.address(number));
  }
  const { counts, allFlows } = partsIn(pairs, places, numbers, NO_ADDRESS + 1);
  const networks = new AddressTable();
  for (let number = 0; number < numbers.length; number++) {
    const first = numbers[number];
    if (first === NO_ADDRESS) numbers[number] = NO_SITE;
    else if (places[number] === EXTERNAL && counts[first] > MOST * allFlows)
      numbers[number] = networkNumber(networks, addresses.address(number)!) + NO_SITE + 1;
    else numbers[number] = 0;
  }
  const text = (site: number): string => (site === NO_SITE ? '' : siteText(networks.address(site - NO_SITE - 1)));
  return { numbers, count: networks.count + NO_SITE + 1, text };
}

function firstBitsOf(address: IpAddress | null): number {
  return address === null ? NO_ADDRESS : address.words[0] >>> 16;
}

/** The number of the network that an address lies in. */
function networkNumber(networks: AddressTable, address: IpAddress): number {
  const [w0, w1, w2, w3] = maskedWords(address, SITE_PREFIX[address.version]);
  return networks.idOf(address.version, w0 | 0, w1 | 0, w2 | 0, w3 | 0);
}

function siteText(address: IpAddress): string {
  return networkText({ address, prefix: SITE_PREFIX[address.version] });
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

/** By site: in how many flows between two external ends it takes part, and in how many it asks; and how many flows are not inside. */
function partsIn(
  { source, destination, length, flows, otherFlows = 0 }: AddressPairs,
  places: Uint8Array,
  numbers: Uint32Array,
  sites: number,
): { counts: Uint32Array; asked: Uint32Array; allFlows: number } {
  const counts = new Uint32Array(sites);
  const asked = new Uint32Array(sites);
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
  return { counts, asked, allFlows };
}

/** Turns external addresses of the site that most flows have to do with into internal ones; null where there is none. */
function takeMost(pairs: AddressPairs, places: Uint8Array, { numbers, count: sites, text }: Sites): OwnNetwork | null {
  const { counts, asked, allFlows } = partsIn(pairs, places, numbers, sites);
  // Of two ends that nothing else tells apart the one that asks is the network's own; the order of flows decides nothing.
  const isMore = (site: number, best: number): boolean => {
    if (counts[site] !== counts[best]) return counts[site] > counts[best];
    return asked[site] === asked[best] ? text(site) < text(best) : asked[site] > asked[best];
  };
  // Those that few flows have to do with are not compared: a flood has millions of one flow each.
  let most = 0;
  for (let site = 1; site < sites; site++) {
    if (counts[site] > MOST * allFlows && (most === 0 || isMore(site, most))) most = site;
  }
  if (most === 0 || text(most) === '') return null;
  for (let address = 0; address < places.length; address++) {
    if (numbers[address] === most && places[address] === EXTERNAL) places[address] = INTERNAL;
  }
  return { text: text(most), flows: counts[most], allFlows };
}
