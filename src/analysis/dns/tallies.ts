import { columnOf } from '../memory/columns.ts';
import { grownCapacity } from '../memory/growing-column.ts';
import { mix } from '../memory/hash.ts';
import { leastOf } from '../memory/least-of.ts';
import { NumberSlots } from '../memory/number-slots.ts';
import { createColumns, type StoredColumn, storedNames } from '../memory/schema.ts';
import type { AskedDomain } from './message.ts';
import type { QueryTimes } from './query-times.ts';
import { MOST_TYPES, TALLY_SCHEMA, type TallyColumns } from './tally.ts';

/** Tallies kept; for further ones half of them gives way. */
const MOST_TALLIES = 60_000;
/** What one message may add: a tally by domain and one by resolver. */
const TALLIES_A_MESSAGE = 2;
const NONE = -1;
/** Tallies that there is room for at first: few captures have more. */
const FIRST_ROOM = 1024;
/** A power of two that is far above twice as many tallies as a capture has without a flood. */
const FIRST_SLOTS = 4096;
/** Stands for no domain. */
const NO_DOMAIN = { domain: '', domainHash: 0, otherDomainHash: 0 };
/** Names shown of a tally, its first, and bytes shown of each: whole names, but for what escapes make of them. */
const MOST_SAMPLES = 5;
const LONGEST_SAMPLE = 255;
/** Query times kept of a tally, the first ones. */
const MOST_TIMES = 2000;

/** Tallies by client and domain, and by client and resolver. */
export class Tallies {
  count = 0;
  /** Messages of those that gave way. */
  lost = 0;
  columns: TallyColumns;
  /** By tally: its registrable domain, '' for one by resolver; and its first names, a blank between two. */
  domains: string[] = [];
  samples: string[] = [];
  private slots = new NumberSlots(FIRST_SLOTS);
  private room: number;
  private readonly most: number;

  /** `most` is for tests of what happens when it is full. */
  constructor(most = MOST_TALLIES) {
    this.most = most;
    this.room = Math.min(most, FIRST_ROOM);
    this.columns = createColumns(TALLY_SCHEMA, this.room);
  }

  /** Whether the tallies of a message may find no room. */
  get isFull(): boolean {
    return this.count + TALLIES_A_MESSAGE > this.most;
  }

  /** Number of the tally of a client and a domain, made when it is new. Not to be asked when full. */
  ofDomain(client: number, name: AskedDomain): number {
    return this.numberOf(client, 0, name);
  }

  /** Number of the tally of a client and a resolver, likewise. */
  ofResolver(client: number, resolver: number): number {
    return this.numberOf(client, resolver + 1, NO_DOMAIN);
  }

  countType(tally: number, type: number): void {
    const { types, typeCounts } = this.columns;
    const first = tally * MOST_TYPES;
    const end = first + MOST_TYPES;
    let place = type === 0 ? end : first + 1;
    while (place < end && typeCounts[place] > 0 && types[place] !== type) place++;
    if (place < end) types[place] = type;
    typeCounts[place < end ? place : first]++;
  }

  /** Keeps the name that became the `unique`th of a tally, if that is one of the first. */
  addSample(tally: number, name: string): void {
    const unique = this.columns.unique[tally];
    if (unique > MOST_SAMPLES) return;
    const sample = name.slice(0, LONGEST_SAMPLE);
    this.samples[tally] = unique === 1 ? sample : `${this.samples[tally]} ${sample}`;
  }

  /** Keeps the time of one of a tally's queries, while there is room for it. */
  addTime(tally: number, ms: number, queryTimes: QueryTimes): void {
    const { times, firstTime, lastTime } = this.columns;
    if (times[tally] >= MOST_TIMES) return;
    const entry = queryTimes.add(ms, times[tally] === 0 ? NONE : lastTime[tally]);
    if (entry === NONE) return;
    if (times[tally] === 0) firstTime[tally] = entry;
    lastTime[tally] = entry;
    times[tally]++;
  }

  /** The times of a tally's queries that were kept. */
  timesOf(tally: number, queryTimes: QueryTimes): Float64Array {
    const { times, firstTime } = this.columns;
    return queryTimes.listFrom(times[tally] === 0 ? NONE : firstTime[tally]);
  }

  /**
   * Drops half of the tallies: those of the fewest messages and names, by the product, and of as many the older ones. A
   * tunnel that sends something now and then outweighs what is asked for as rarely, but always by the same name.
   *
   * @param queryTimes where the times of their queries are
   * @returns by tally its number from now on, -1 for one that is gone
   */
  dropSmall(queryTimes: QueryTimes): Int32Array {
    const { count, domains, samples } = this;
    const { messages, unique, lastMs, times, firstTime, lastTime } = this.columns;
    const weight = new Float64Array(count);
    for (let tally = 0; tally < count; tally++) weight[tally] = messages[tally] * unique[tally];
    const isSmall = leastOf(count >> 1, weight, lastMs.subarray(0, count));
    const next = new Int32Array(count).fill(NONE);
    this.count = 0;
    for (let tally = 0; tally < count; tally++) {
      if (isSmall[tally] === 0) {
        next[tally] = this.count++;
        continue;
      }
      this.lost += messages[tally];
      if (times[tally] > 0) queryTimes.release(firstTime[tally], lastTime[tally]);
    }
    this.moveRows(next);
    this.domains = domains.filter((_, tally) => next[tally] !== NONE);
    this.samples = samples.filter((_, tally) => next[tally] !== NONE);
    this.slots = new NumberSlots(FIRST_SLOTS);
    for (let tally = 0; tally < this.count; tally++) this.slots.add(tally, this.hashOf);
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
    const { unique, isSettled } = this.columns;
    const all = Array.from({ length: this.count }, (_, tally) => tally);
    const telling = all.filter((tally) => isSettled[tally] === 0).sort((a, b) => unique[b] - unique[a]);
    let needed = telling.reduce((sum, tally) => sum + unique[tally], 0);
    for (const tally of telling) {
      if (2 * needed <= names) break;
      isSettled[tally] = 1;
      needed -= unique[tally];
    }
    return columnOf(Int32Array, all, (tally) => (isSettled[tally] === 1 ? NONE : tally));
  }

  /** Makes room for more tallies, and gives their columns. */
  private grow(): TallyColumns {
    const { columns } = this;
    this.room = Math.min(this.most, grownCapacity(this.room));
    this.columns = createColumns(TALLY_SCHEMA, this.room);
    for (const name of storedNames(TALLY_SCHEMA)) this.columns[name].set(columns[name]);
    return this.columns;
  }

  /** Moves each row to its next place, which is not behind it, or lets it go. */
  private moveRows(next: Int32Array): void {
    const runs = runsKept(next);
    for (const name of storedNames(TALLY_SCHEMA)) {
      const { perRow = 1 }: StoredColumn = TALLY_SCHEMA[name];
      const column = this.columns[name];
      for (const [start, end] of runs) column.copyWithin(next[start] * perRow, start * perRow, end * perRow);
      column.fill(0, this.count * perRow, next.length * perRow);
    }
  }

  private readonly hashOf = (tally: number): number => {
    const { client, resolver, domainHash } = this.columns;
    return keyHash(client[tally], resolver[tally], domainHash[tally]);
  };

  private numberOf(client: number, resolver: number, { domain, domainHash, otherDomainHash }: AskedDomain): number {
    const { slots } = this;
    let { columns } = this;
    const [hash, otherHash] = [domainHash >>> 0, otherDomainHash >>> 0];
    let slot = slots.first(keyHash(client, resolver, hash));
    for (let tally = slots.at(slot); tally >= 0; tally = slots.at(slot)) {
      if (
        columns.client[tally] === client &&
        columns.resolver[tally] === resolver &&
        columns.domainHash[tally] === hash &&
        columns.otherDomainHash[tally] === otherHash
      )
        return tally;
      slot = slots.next(slot);
    }
    const tally = this.count++;
    if (tally === this.room) columns = this.grow();
    columns.client[tally] = client;
    columns.resolver[tally] = resolver;
    columns.domainHash[tally] = hash;
    columns.otherDomainHash[tally] = otherHash;
    columns.firstMs[tally] = Number.POSITIVE_INFINITY;
    columns.lastMs[tally] = Number.NEGATIVE_INFINITY;
    this.domains.push(domain ?? '');
    this.samples.push('');
    slots.put(slot, tally, this.hashOf);
    return tally;
  }
}

/** The hash of a tally's key, without the half of its domain's that only tells it from others. */
function keyHash(client: number, resolver: number, domainHash: number): number {
  return mix(mix(domainHash, client), resolver);
}

/** Rows that are kept, as runs of such beside each other: of a flood whose tallies are of one message each, the later half is one. */
function runsKept(next: Int32Array): [start: number, end: number][] {
  const runs: [start: number, end: number][] = [];
  for (let row = 0; row < next.length; row++) {
    if (next[row] === NONE) continue;
    if (row > 0 && next[row - 1] !== NONE) runs[runs.length - 1][1] = row + 1;
    else runs.push([row, row + 1]);
  }
  return runs;
}
