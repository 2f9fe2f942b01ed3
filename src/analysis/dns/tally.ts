import type { QueryTimes } from './query-times.ts';

/** Names shown of a tally, its first, and bytes shown of each: whole names, but for what escapes make of them. */
const MOST_SAMPLES = 5;
const LONGEST_SAMPLE = 255;
/** Record types told apart; further ones count as 0. */
const MOST_TYPES = 16;
/** Query times kept, the first ones. */
const MOST_TIMES = 2000;

const NONE = -1;
/**
 * Stands in for the lists of tallies that have none yet: arrays that grow from nothing take much more than they hold.
 */
const EMPTY: number[] = [];

/** What a client asked for, in one domain or of one resolver. */
export class Tally {
  /** Number of the client's address, and of the resolver's for a tally by resolver. */
  readonly client: number;
  readonly resolver: number;
  /** The registrable domain; '' for a tally by resolver. */
  readonly domain: string;
  queries = 0;
  responses = 0;
  /** Whether its names are told apart still. */
  tellsNames = true;
  /** Queries and responses whose names were told apart, the different names among them, and the bytes of those. */
  countedQueries = 0;
  countedResponses = 0;
  unique = 0;
  uniqueBytes = 0;
  /** Bytes of all names, and of what stands before the domain, of queries and responses alike. */
  messages = 0;
  nameBytes = 0;
  beforeBytes = 0;
  /** Messages that ask for other than A, AAAA, PTR or SRV. */
  odd = 0;
  /** DNS bytes of queries and of responses. */
  bytesSent = 0;
  bytesReceived = 0;
  firstMs = Number.POSITIVE_INFINITY;
  lastMs = Number.NEGATIVE_INFINITY;
  /** Record types asked for, 0 standing for those without room, and how often each was. */
  types = EMPTY;
  typeCounts = EMPTY;
  /** The first names, a blank between two. */
  samples = '';
  /** Entry of the first query's time in `QueryTimes`, -1 for none. */
  firstTime = NONE;
  private lastTime = NONE;
  private times = 0;

  constructor(client: number, resolver: number, domain: string) {
    this.client = client;
    this.resolver = resolver;
    this.domain = domain;
  }

  countType(type: number): void {
    if (this.types === EMPTY) {
      this.types = [0, type];
      this.typeCounts = [0, 0];
    }
    let place = this.types.indexOf(type);
    if (place === -1) {
      const isOther = this.types.length >= MOST_TYPES;
      place = isOther ? 0 : this.types.push(type) - 1;
      if (!isOther) this.typeCounts.push(0);
    }
    this.typeCounts[place]++;
  }

  /** Keeps the name that became its `unique`th, if that is one of the first. */
  addSample(name: string): void {
    if (this.unique > MOST_SAMPLES) return;
    const sample = name.slice(0, LONGEST_SAMPLE);
    this.samples = this.unique === 1 ? sample : `${this.samples} ${sample}`;
  }

  /** Keeps a query's time, while there is room for it. */
  addTime(ms: number, times: QueryTimes): void {
    if (this.times >= MOST_TIMES) return;
    const entry = times.add(ms, this.lastTime);
    if (entry === NONE) return;
    if (this.times === 0) this.firstTime = entry;
    this.lastTime = entry;
    this.times++;
  }

  /** Gives the room for its queries' times to others. */
  releaseTimes(times: QueryTimes): void {
    times.release(this.firstTime, this.lastTime);
  }
}
