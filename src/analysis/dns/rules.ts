import type { Tallies } from './tallies.ts';

/** Signs of a tunnel, as bits: see `rulesOf`. */
export const RULES = { longNames: 1, oddTypes: 2, noDomain: 4 } as const;

const LEAST_UNIQUE_BYTES = 1000;
const LEAST_UNIQUE_RATIO = 0.8;
const LEAST_BEFORE_BYTES = 25;
const LEAST_QUERIES = 20;
const LEAST_ODD_SHARE = 0.9;
const LEAST_ANSWER_BYTES = 100;
const LEAST_NAME_BYTES = 35;

/** Names under one domain that RITA's default levels begin at. */
const SUBDOMAIN_LEVELS = [100, 500, 800, 1000];

/** What a tally comes to. Means and shares are NaN without messages. */
export interface TallyMeasures {
  /** Queries, or responses where only those were captured. */
  queries: number;
  /** Different names for each query. */
  uniqueRatio: number;
  /** Mean bytes of a name, and of what stands before the domain. */
  meanName: number;
  meanBefore: number;
  /** Share of messages that ask for other than A, AAAA, PTR or SRV. */
  oddShare: number;
  /** Mean DNS bytes of a response. */
  meanAnswer: number;
}

export function measuresOf({ columns }: Pick<Tallies, 'columns'>, tally: number): TallyMeasures {
  const messages = columns.messages[tally];
  return {
    queries: Math.max(columns.queries[tally], columns.responses[tally]),
    uniqueRatio: columns.unique[tally] / Math.max(columns.countedQueries[tally], columns.countedResponses[tally]),
    meanName: columns.nameBytes[tally] / messages,
    meanBefore: columns.beforeBytes[tally] / messages,
    oddShare: columns.odd[tally] / messages,
    meanAnswer: columns.bytesReceived[tally] / columns.responses[tally],
  };
}

/**
 * Which signs of a tunnel a tally shows, as bits of `RULES`.
 *
 * - By domain, *longNames*: different names of 1,000 bytes in all, hardly any asked for twice, with 25 bytes before the
 *   domain in the mean; *oddTypes*: at least 20 queries, 90 % of them for record types that hosts do not ask for, with
 *   answers of 100 bytes in the mean.
 * - By resolver, *noDomain*: at least 20 queries for long names, hardly any twice, 90 % of them for such types: a
 *   tunnel that does without a domain.
 */
export function rulesOf(tallies: Tallies, tally: number): number {
  const { queries, uniqueRatio, meanName, meanBefore, oddShare, meanAnswer } = measuresOf(tallies, tally);
  const isOdd = queries >= LEAST_QUERIES && oddShare >= LEAST_ODD_SHARE;
  const isUnique = uniqueRatio >= LEAST_UNIQUE_RATIO;
  if (tallies.domains[tally] === '') return isOdd && isUnique && meanName >= LEAST_NAME_BYTES ? RULES.noDomain : 0;
  const isLong =
    isUnique && tallies.columns.uniqueBytes[tally] >= LEAST_UNIQUE_BYTES && meanBefore >= LEAST_BEFORE_BYTES;
  return (isLong ? RULES.longNames : 0) | (isOdd && meanAnswer >= LEAST_ANSWER_BYTES ? RULES.oddTypes : 0);
}

/** How many of RITA's levels a number of names under one domain reaches: 0 to 4. */
export function subdomainLevel(subdomains: number): number {
  return SUBDOMAIN_LEVELS.filter((level) => subdomains >= level).length;
}
