import type { FlowColumns } from '../flows/columns.ts';
import { shownName } from '../flows/shown-name.ts';
import type { List } from '../lists/list.ts';
import { Matcher } from '../lists/matcher.ts';
import { pairsBySource, type PairsOfSource, sourceKey } from '../lists/pairs.ts';

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
  private readonly pairs: ReadonlyMap<string, PairsOfSource>;
  /** By number of the source's address, as far as it was asked for; null where the list has no pairs with it. */
  private readonly bySource = new Map<number, Paired | null>();
  /** Sources whose pairs were put into a form to look them up in: what that takes memory for, for tests. */
  prepared = 0;

  constructor({ entries }: List, flows: FlowColumns) {
    this.flows = flows;
    this.pairs = pairsBySource(entries);
  }

  /** Place of the first pair that a flow meets plus one, 0 for none. */
  hit(flow: number): number {
    const { flows } = this;
    const paired = this.pairs.size === 0 ? null : this.pairedWith(flows.source[flow]);
    if (paired === null) return 0;
    const { matcher, ofAddress, ofName } = paired;
    const byAddress = known(ofAddress, flows.destination[flow], (address) =>
      placeIn(paired, matcher.ofAddress(flows.addresses.address(address))),
    );
    const byName = known(ofName, shownName(flows, flow), (name) => placeIn(paired, matcher.ofName(flows.names[name])));
    return byAddress === 0 || byName === 0 ? byAddress + byName : Math.min(byAddress, byName);
  }

  /** The pairs of a source: of those in the list few are met as a rule, and each takes kilobytes. */
  private pairedWith(source: number): Paired | null {
    const before = this.bySource.get(source);
    if (before !== undefined) return before;
    const pairs = this.pairs.get(sourceKey(this.flows.addresses.address(source)));
    let paired: Paired | null = null;
    if (pairs !== undefined) {
      this.prepared++;
      paired = { matcher: new Matcher(pairs), places: pairs.places, ofAddress: new Map(), ofName: new Map() };
    }
    this.bySource.set(source, paired);
    return paired;
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
