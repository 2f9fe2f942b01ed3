import type { FlowColumns } from '../flows/columns.ts';
import { shownName } from '../flows/shown-name.ts';
import type { List } from '../lists/list.ts';
import { Matcher } from '../lists/matcher.ts';
import { pairsBySource, sourceKey } from '../lists/pairs.ts';
import { parseAddress } from '../net/address.ts';

/** The places that one source is paired with. */
interface Paired {
  matcher: Matcher;
  /** Of each entry of `matcher`, its place in the list. */
  places: readonly number[];
  /** What is known already, by numbers of addresses and of names: places in the list plus one, 0 for none. */
  ofAddress: Map<number, number>;
  ofName: Map<number, number>;
}

/** Which pairs of a list ("this source to that place") flows meet. */
export class PairMatches {
  private readonly flows: FlowColumns;
  /** By number of the source's address; empty where the list has no pairs. */
  private readonly bySource: readonly (Paired | null)[];

  constructor({ entries }: List, flows: FlowColumns) {
    this.flows = flows;
    const paired = new Map(
      Array.from(pairsBySource(entries), ([key, { entries: to, places }]): [string, Paired] => {
        return [key, { matcher: new Matcher({ entries: to }), places, ofAddress: new Map(), ofName: new Map() }];
      }),
    );
    const isUsed = paired.size > 0;
    this.bySource = isUsed ? flows.addresses.map((text) => paired.get(sourceKey(parseAddress(text))) ?? null) : [];
  }

  /** Place of the first pair that a flow meets plus one, 0 for none. */
  hit(flow: number): number {
    const { flows } = this;
    const paired = this.bySource[flows.source[flow]] ?? null;
    if (paired === null) return 0;
    const { matcher, ofAddress, ofName } = paired;
    const byAddress = known(ofAddress, flows.destination[flow], (address) =>
      placeIn(paired, matcher.ofAddress(parseAddress(flows.addresses[address]))),
    );
    const byName = known(ofName, shownName(flows, flow), (name) => placeIn(paired, matcher.ofName(flows.names[name])));
    return byAddress === 0 || byName === 0 ? byAddress + byName : Math.min(byAddress, byName);
  }
}

function placeIn({ places }: Paired, entry: number): number {
  return entry < 0 ? 0 : places[entry] + 1;
}

function known(places: Map<number, number>, number: number, find: (number: number) => number): number {
  const place = places.get(number) ?? find(number);
  places.set(number, place);
  return place;
}
