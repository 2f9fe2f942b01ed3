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
 * @param isWhole whether these are all flows of a network: of a part of them the list alone can tell
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
  if (!isWhole || list !== DEFAULT_SETTINGS.internal) return { places, taken: null, problems };
  if (said.internal.length > 0) placeSaid(places, addresses, said);
  // As they are installed, logs call private addresses local and no other: that says nothing of the network's public ones.
  if (said.internal.some((text) => zones.of(text) === 'external')) return { places, taken: null, problems };
  const each = { numbers: Uint32Array.from(addresses, (_, number) => number), texts: addresses };
  const taken = takeMost(flows, places, each) ?? takeMost(flows, places, sitesOf(addresses));
  return { places, taken, problems };
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

/** Turns external addresses of the site that most flows have to do with into internal ones; null where there is none. */
function takeMost({ source, destination, length }: FlowColumns, places: Uint8Array, sites: Sites): OwnNetwork | null {
  const { numbers, texts } = sites;
  const counts = new Uint32Array(texts.length);
  const asked = new Uint32Array(texts.length);
  let allFlows = 0;
  for (let flow = 0; flow < length; flow++) {
    const [from, to] = [source[flow], destination[flow]];
    if (places[from] === GROUP || places[to] === GROUP) continue;
    if (places[from] === INTERNAL && places[to] === INTERNAL) continue;
    allFlows++;
    if (places[from] !== EXTERNAL || places[to] !== EXTERNAL) continue;
    counts[numbers[from]]++;
    asked[numbers[from]]++;
    if (numbers[to] !== numbers[from]) counts[numbers[to]]++;
  }
  // Of two ends that nothing else tells apart the one that asks is the network's own.
  const most = counts.reduce((best, count, site) => {
    const isMore = count === counts[best] ? asked[site] > asked[best] : count > counts[best];
    return isMore ? site : best;
  }, 0);
  if (allFlows === 0 || counts[most] <= MOST * allFlows || texts[most] === '') return null;
  for (let address = 0; address < places.length; address++) {
    if (numbers[address] === most && places[address] === EXTERNAL) places[address] = INTERNAL;
  }
  return { text: texts[most], flows: counts[most], allFlows };
}
