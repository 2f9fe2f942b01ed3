/** Names shown of a tally, its first, and bytes shown of each: whole names, but for what escapes make of them. */
export const MOST_SAMPLES = 5;
const LONGEST_SAMPLE = 255;
/** Record types told apart; further ones count as 0. */
const MOST_TYPES = 16;
/** Query times kept, the first ones. */
const MOST_TIMES = 2000;

/** What a client asked for, in one domain or of one resolver. */
export class Tally {
  /** Number of the client's address, and of the resolver's for a tally by resolver. */
  readonly client: number;
  readonly resolver: number;
  /** The registrable domain; '' for a tally by resolver. */
  readonly domain: string;
  queries = 0;
  responses = 0;
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
  readonly types = [0];
  readonly typeCounts = [0];
  readonly samples: string[] = [];
  /** Milliseconds since 1970 of the first queries. */
  readonly timesMs: number[] = [];

  constructor(client: number, resolver: number, domain: string) {
    this.client = client;
    this.resolver = resolver;
    this.domain = domain;
  }

  countType(type: number): void {
    let place = this.types.indexOf(type);
    if (place === -1) {
      const isOther = this.types.length >= MOST_TYPES;
      place = isOther ? 0 : this.types.push(type) - 1;
      if (!isOther) this.typeCounts.push(0);
    }
    this.typeCounts[place]++;
  }

  /** Keeps one of the first names. */
  addSample(name: string): void {
    if (this.samples.length < MOST_SAMPLES) this.samples.push(name.slice(0, LONGEST_SAMPLE));
  }

  /** Keeps a query's time while there is `room` for it in the memory of all; returns whether it took any. */
  addTime(ms: number, room: boolean): boolean {
    if (!room || this.timesMs.length >= MOST_TIMES) return false;
    this.timesMs.push(ms);
    return true;
  }
}
