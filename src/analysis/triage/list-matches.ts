import { columnOf } from '../memory/columns.ts';
import type { Groups } from '../flows/group.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { shownName } from '../flows/shown-name.ts';
import { plainIndicator } from '../lists/indicator.ts';
import type { List, ListEntry } from '../lists/list.ts';
import { Matcher } from '../lists/matcher.ts';
import { readList } from '../lists/read-list.ts';
import { PairMatches } from './pair-matches.ts';

/** What an analyst's lists say of the addresses, names and fingerprints of some flows, each looked up once. */
export class ListMatches {
  readonly allow: List;
  readonly watch: List;
  private readonly flows: FlowColumns;
  /** By address and by name: 1 where the allow list covers it. */
  private readonly allowedAddress: Uint8Array;
  private readonly allowedName: Uint8Array;
  /** By address, name and other text: place of the watch list's entry plus one, 0 for none. */
  private readonly watchedAddress: Uint32Array;
  private readonly watchedName: Uint32Array;
  private readonly watchedText: Uint32Array;
  private readonly allowedPairs: PairMatches;
  private readonly watchedPairs: PairMatches;

  /** @param lists texts of lists, as `readList` reads them */
  constructor(flows: FlowColumns, lists: { allow: string; watch: string }) {
    this.flows = flows;
    this.allow = readList(lists.allow);
    this.watch = readList(lists.watch);
    this.allowedPairs = new PairMatches(this.allow, flows);
    this.watchedPairs = new PairMatches(this.watch, flows);
    const allowed = new Matcher(this.allow);
    const watched = new Matcher(this.watch);
    const whereUsed = <Text>({ entries }: List, all: ArrayLike<Text>): ArrayLike<Text> =>
      entries.length === 0 ? [] : all;
    const { addresses } = flows;
    const numbers = { length: addresses.length };
    this.allowedAddress = columnOf(Uint8Array, whereUsed(this.allow, numbers), (_, number) =>
      allowed.ofAddress(addresses.address(number)) < 0 ? 0 : 1,
    );
    this.allowedName = columnOf(Uint8Array, whereUsed(this.allow, flows.names), (name) =>
      allowed.ofName(name) < 0 ? 0 : 1,
    );
    this.watchedAddress = columnOf(
      Uint32Array,
      whereUsed(this.watch, numbers),
      (_, number) => watched.ofAddress(addresses.address(number)) + 1,
    );
    this.watchedName = columnOf(Uint32Array, whereUsed(this.watch, flows.names), (name) => watched.ofName(name) + 1);
    this.watchedText = columnOf(
      Uint32Array,
      whereUsed(this.watch, flows.texts),
      (text) => watched.ofFingerprint(text) + 1,
    );
  }

  /**
   * Whether the allow list covers some flows: where each goes, from its source or any, or what each destination is called, those
   * without a name by what the others are called.
   */
  isSetAside(members: Uint32Array): boolean {
    if (this.allow.entries.length === 0) return false;
    let covered = false;
    for (const flow of members) {
      const name = shownName(this.flows, flow);
      const isAllowed = this.allowedAddress[this.flows.destination[flow]] === 1 || this.allowedName[name] === 1;
      if (isAllowed || this.allowedPairs.hit(flow) > 0) covered = true;
      else if (name !== 0) return false;
    }
    return covered;
  }

  /** The first entry of the watch list that any of some flows meets; null for none. */
  watchedEntry(members: Uint32Array): ListEntry | null {
    if (this.watch.entries.length === 0) return null;
    let first = Number.POSITIVE_INFINITY;
    for (const flow of members) first = Math.min(first, this.firstHit(flow));
    return this.watch.entries[first - 1] ?? null;
  }

  /** By group: 1 where the watch list meets it. */
  watchedGroups(groups: Groups): Uint8Array {
    const watched = new Uint8Array(groups.length);
    if (this.watch.entries.length === 0) return watched;
    for (let group = 0; group < groups.length; group++) {
      for (let place = groups.offsets[group]; place < groups.offsets[group + 1] && watched[group] === 0; place++) {
        if (this.firstHit(groups.order[place]) < Number.POSITIVE_INFINITY) watched[group] = 1;
      }
    }
    return watched;
  }

  /** Place of the first entry that a flow meets plus one, infinite for none. */
  private firstHit(flow: number): number {
    const { flows, watchedAddress, watchedText } = this;
    return Math.min(
      this.watchedPairs.hit(flow) || Number.POSITIVE_INFINITY,
      watchedAddress[flows.source[flow]] || Number.POSITIVE_INFINITY,
      watchedAddress[flows.destination[flow]] || Number.POSITIVE_INFINITY,
      this.watchedName[flows.name[flow]] || Number.POSITIVE_INFINITY,
      this.watchedName[flows.resolvedName[flow]] || Number.POSITIVE_INFINITY,
      this.watchedName[flows.hostName[flows.destination[flow]]] || Number.POSITIVE_INFINITY,
      watchedText[flows.clientFingerprint[flow]] || Number.POSITIVE_INFINITY,
      watchedText[flows.serverFingerprint[flow]] || Number.POSITIVE_INFINITY,
      watchedText[flows.ja4[flow]] || Number.POSITIVE_INFINITY,
      watchedText[flows.ja4s[flow]] || Number.POSITIVE_INFINITY,
    );
  }
}

/** A watch list's entry as a row names it. */
export function entryWords({ indicator, note }: ListEntry): string {
  const text = plainIndicator(indicator);
  return note === '' ? text : `${text} (${note})`;
}
