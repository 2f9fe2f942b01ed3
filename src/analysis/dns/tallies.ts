import { PairNumbers } from './pair-numbers.ts';
import type { QueryTimes } from './query-times.ts';
import { Tally } from './tally.ts';

/** Tallies kept; for further ones the smaller half of them gives way. */
const MOST_TALLIES = 30_000;
/** What one message may add: a tally by domain and one by resolver. */
const TALLIES_A_MESSAGE = 2;
const NONE = -1;
/** Keys of tallies: twice the number of a domain, or of a resolver and this. */
const BY_RESOLVER = 1;

/** Tallies by client and domain, and by client and resolver. */
export class Tallies {
  list: Tally[] = [];
  /** Messages of those that gave way. */
  lost = 0;
  private numbers: PairNumbers;
  private domains = new Map<string, number>();
  private readonly most: number;

  /** `most` is for tests of what happens when it is full. */
  constructor(most = MOST_TALLIES) {
    this.most = most;
    this.numbers = new PairNumbers(most);
  }

  /** Whether the tallies of a message may find no room. */
  get isFull(): boolean {
    return this.list.length + TALLIES_A_MESSAGE > this.most;
  }

  /** Number of the tally of a client and a domain, made when it is new. Not to be asked when full. */
  ofDomain(client: number, domain: string): number {
    return this.numberOf(client, NONE, domain);
  }

  /** Number of the tally of a client and a resolver, likewise. */
  ofResolver(client: number, resolver: number): number {
    return this.numberOf(client, resolver, '');
  }

  /**
   * Drops half of the tallies: those of the fewest messages, and of as many the older ones.
   *
   * @param times where the times of their queries are
   * @returns by tally its number from now on, -1 for one that is gone
   */
  dropSmall(times: QueryTimes): Int32Array {
    const { list } = this;
    const order = list.map((_, number) => number);
    order.sort((a, b) => list[a].messages - list[b].messages || list[a].lastMs - list[b].lastMs || a - b);
    const next = new Int32Array(list.length);
    for (const number of order.slice(0, list.length >> 1)) {
      next[number] = NONE;
      this.lost += list[number].messages;
      list[number].releaseTimes(times);
    }
    this.list = [];
    this.numbers = new PairNumbers(this.most);
    this.domains = new Map();
    for (let number = 0; number < list.length; number++) {
      if (next[number] === NONE) continue;
      const tally = list[number];
      next[number] = this.list.length;
      this.list.push(tally);
      this.numbers.numberOf(tally.client, this.keyOf(tally.resolver, tally.domain));
    }
    return next;
  }

  /**
   * Tells no names apart any more in the tallies that have the most, which have shown what they are, until at most half
   * of the names are still needed.
   *
   * @param names how many there are of all tallies
   * @returns by tally its number, -1 for one whose names are not needed any more
   */
  settle(names: number): Int32Array {
    const telling = this.list.filter(({ tellsNames }) => tellsNames).sort((a, b) => b.unique - a.unique);
    let needed = telling.reduce((sum, { unique }) => sum + unique, 0);
    for (const tally of telling) {
      if (2 * needed <= names) break;
      tally.tellsNames = false;
      needed -= tally.unique;
    }
    return Int32Array.from(this.list, ({ tellsNames }, number) => (tellsNames ? number : NONE));
  }

  private keyOf(resolver: number, domain: string): number {
    if (domain === '') return 2 * resolver + BY_RESOLVER;
    let number = this.domains.get(domain);
    if (number === undefined) {
      number = this.domains.size;
      this.domains.set(domain, number);
    }
    return 2 * number;
  }

  /** `domain` is '' for a tally by resolver. */
  private numberOf(client: number, resolver: number, domain: string): number {
    const number = this.numbers.numberOf(client, this.keyOf(resolver, domain));
    if (number === this.list.length) this.list.push(new Tally(client, resolver, domain));
    return number;
  }
}
