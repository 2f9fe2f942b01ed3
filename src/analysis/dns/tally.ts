import { type ColumnsOf, type Schema } from '../memory/schema.ts';

/** Record types told apart of one tally; further ones count as type 0, whose place is the first. */
export const MOST_TYPES = 16;

/**
 * What a client asked for, in one domain or of one resolver, as columns: a flood makes a million of them, one after the
 * other.
 */
export const TALLY_SCHEMA = {
  /** Number of the client's address, and of the resolver's plus one for a tally by resolver, 0 for one by domain. */
  client: { type: 'u32' },
  resolver: { type: 'u32' },
  /** 64 bits that are its domain's. */
  domainHash: { type: 'u32' },
  otherDomainHash: { type: 'u32' },
  queries: { type: 'u32' },
  responses: { type: 'u32' },
  /** 1 where its names are not told apart any more. */
  isSettled: { type: 'u8' },
  /** Queries and responses whose names were told apart, the different names among them, and the bytes of those. */
  countedQueries: { type: 'u32' },
  countedResponses: { type: 'u32' },
  unique: { type: 'u32' },
  uniqueBytes: { type: 'f64' },
  /** Bytes of all names, and of what stands before the domain, of queries and responses alike. */
  messages: { type: 'u32' },
  nameBytes: { type: 'f64' },
  beforeBytes: { type: 'f64' },
  /** Messages that ask for other than A, AAAA, PTR or SRV. */
  odd: { type: 'u32' },
  /** DNS bytes of queries and of responses. */
  bytesSent: { type: 'f64' },
  bytesReceived: { type: 'f64' },
  firstMs: { type: 'f64' },
  lastMs: { type: 'f64' },
  /** Record types asked for, and how often each was. */
  types: { type: 'u16', perRow: MOST_TYPES },
  typeCounts: { type: 'u32', perRow: MOST_TYPES },
  /** How many times of its queries are kept, and the entries of the first and the last in `QueryTimes`. */
  times: { type: 'u16' },
  firstTime: { type: 'u32' },
  lastTime: { type: 'u32' },
} as const satisfies Schema;

export type TallyColumns = ColumnsOf<typeof TALLY_SCHEMA>;
