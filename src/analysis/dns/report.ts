import { columnOf } from '../memory/columns.ts';
import { poolOf, type TextPool, textsOf } from '../memory/text-pool.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
import { createRhythmScratch, type RhythmScratch } from '../scores/rhythm-scratch.ts';
import { scoreRhythm } from '../scores/rhythm.ts';
import { sortAscending } from '../scores/statistics.ts';
import { countedOnce } from './counted-once.ts';
import { AddressList } from '../net/address-list.ts';
import { addressTextsOf, type DnsCollector, lagOf } from './collector.ts';
import type { Generator } from './missing-names.ts';
import { measuresOf, RULES, rulesOf, subdomainLevel } from './rules.ts';
import type { Tallies } from './tallies.ts';
import { MOST_TYPES } from './tally.ts';
import { typesText } from '../protocols/dns-types.ts';

/** Of more pairs than this only those with the most names are listed. */
const MOST_PAIRS = 5000;
/** How many of the rules each set of them meets. */
const SIGNS = Uint8Array.from({ length: 1 << Object.keys(RULES).length }, (_, rules) => {
  return Object.values(RULES).filter((bit) => (rules & bit) !== 0).length;
});

/**
 * What clients asked for, as columns: one row for each client and registrable domain, and one for a client and a resolver
 * that it tunnels through without a domain. Rows that show more signs of a tunnel come first, then those with more names.
 */
export interface DnsPairs {
  length: number;
  /** Pairs kept, listed or not; messages of pairs that gave way to others; pairs that show a sign of a tunnel. */
  total: number;
  lost: number;
  tunnels: number;
  /** Indexes into `addresses`; the resolver's plus one, 0 for a row by domain. */
  client: Uint32Array;
  resolver: Uint32Array;
  /** Index into `texts`, of '' for a row by resolver; record types as "TXT 40, A 2"; the first names, a blank between two. */
  domain: Uint32Array;
  types: Uint32Array;
  samples: Uint32Array;
  /** Bits of `RULES`. */
  rules: Uint8Array;
  /** Queries, or responses where only those were captured. */
  queries: Float64Array;
  /** Different names, and how many of RITA's levels they reach. */
  subdomains: Uint32Array;
  level: Uint8Array;
  uniqueBytes: Float64Array;
  uniqueRatio: Float64Array;
  meanName: Float64Array;
  meanBefore: Float64Array;
  oddShare: Float64Array;
  meanAnswer: Float64Array;
  /** DNS bytes of queries and of responses. */
  bytesSent: Float64Array;
  bytesReceived: Float64Array;
  firstMs: Float64Array;
  lastMs: Float64Array;
  /** The queries' rhythm: its score and interval in seconds; NaN where there is none. It does not tell tunnels apart. */
  rhythmScore: Float64Array;
  intervalS: Float64Array;
  /** Clients, as indexes into `addresses`, that ask for names which do not exist and look generated. */
  generators: Generator[];
  addresses: TextPool;
  texts: TextPool;
}

/**
 * Lists what a collector counted.
 *
 * @param packetAddresses the addresses of packets by the numbers that it was given, `loggedAddresses` those of logs
 * @param behindMs how far times without a zone lie behind those of packets
 */
export function dnsPairs(
  collector: DnsCollector,
  packetAddresses = AddressList.of([]),
  loggedAddresses = AddressList.of([]),
  behindMs = 0,
): DnsPairs {
  const addressText = addressTextsOf(packetAddresses, loggedAddresses);
  const areBoth = packetAddresses.length > 0 && loggedAddresses.length > 0;
  const { tallies } = collector;
  const { columns, domains } = tallies;
  const { client, resolver, unique, messages } = columns;
  const all = Array.from({ length: tallies.count }, (_, tally) => tally);
  const rules = columnOf(Uint8Array, all, (tally) => rulesOf(tallies, tally));
  const counted = areBoth ? countedOnce(tallies, all, addressText, behindMs) : all;
  const rated = shownTallies(tallies, counted, rules).sort(
    (a, b) => SIGNS[rules[b]] - SIGNS[rules[a]] || unique[b] - unique[a] || messages[b] - messages[a],
  );
  const listed = rated.slice(0, MOST_PAIRS);
  const addresses = new DistinctTexts();
  const texts = new DistinctTexts();
  const measures = listed.map((tally) => measuresOf(tallies, tally));
  const scratch = createRhythmScratch();
  const rhythms = listed.map((tally) => queryRhythm(tallies.timesOf(tally, collector.times), scratch));
  const typesOf = (tally: number): string => {
    const [first, end] = [tally * MOST_TYPES, (tally + 1) * MOST_TYPES];
    return typesText([...columns.types.subarray(first, end)], columns.typeCounts.subarray(first, end));
  };
  return {
    length: listed.length,
    total: rated.length,
    lost: collector.lost,
    tunnels: rated.filter((tally) => rules[tally] !== 0).length,
    client: Uint32Array.from(listed, (tally) => addresses.numberOf(addressText(client[tally]))),
    resolver: Uint32Array.from(listed, (tally) =>
      resolver[tally] === 0 ? 0 : addresses.numberOf(addressText(resolver[tally] - 1)) + 1,
    ),
    domain: Uint32Array.from(listed, (tally) => texts.numberOf(domains[tally])),
    types: Uint32Array.from(listed, (tally) => texts.numberOf(typesOf(tally))),
    samples: Uint32Array.from(listed, (tally) => texts.numberOf(tallies.samples[tally])),
    rules: Uint8Array.from(listed, (tally) => rules[tally]),
    queries: Float64Array.from(measures, ({ queries }) => queries),
    subdomains: Uint32Array.from(listed, (tally) => unique[tally]),
    level: Uint8Array.from(listed, (tally) => subdomainLevel(unique[tally])),
    uniqueBytes: Float64Array.from(listed, (tally) => columns.uniqueBytes[tally]),
    uniqueRatio: Float64Array.from(measures, ({ uniqueRatio }) => uniqueRatio),
    meanName: Float64Array.from(measures, ({ meanName }) => meanName),
    meanBefore: Float64Array.from(measures, ({ meanBefore }) => meanBefore),
    oddShare: Float64Array.from(measures, ({ oddShare }) => oddShare),
    meanAnswer: Float64Array.from(measures, ({ meanAnswer }) => meanAnswer),
    bytesSent: Float64Array.from(listed, (tally) => columns.bytesSent[tally]),
    bytesReceived: Float64Array.from(listed, (tally) => columns.bytesReceived[tally]),
    firstMs: Float64Array.from(listed, (tally) => columns.firstMs[tally] + lagOf(client[tally], behindMs)),
    lastMs: Float64Array.from(listed, (tally) => columns.lastMs[tally] + lagOf(client[tally], behindMs)),
    rhythmScore: Float64Array.from(rhythms, ({ score }) => score),
    intervalS: Float64Array.from(rhythms, ({ intervalS }) => intervalS),
    generators: collector.missing
      .generators()
      .map(({ client: from, names }) => ({ client: addresses.numberOf(addressText(from)), names })),
    addresses: poolOf(addresses.texts),
    texts: poolOf(texts.texts),
  };
}

/**
 * All tallies by domain, and those by resolver that show a tunnel without a domain: not where most of what the client
 * asked is what one of its domains shows to be a tunnel already.
 */
function shownTallies({ columns, domains }: Tallies, counted: readonly number[], rules: Uint8Array): number[] {
  const { client, messages } = columns;
  const largest = new Map<number, number>();
  for (const tally of counted) {
    if (domains[tally] === '' || rules[tally] === 0) continue;
    largest.set(client[tally], Math.max(largest.get(client[tally]) ?? 0, messages[tally]));
  }
  return counted.filter((tally) => {
    if (domains[tally] !== '') return true;
    return rules[tally] !== 0 && (largest.get(client[tally]) ?? 0) * 2 <= messages[tally];
  });
}

function queryRhythm(times: Float64Array, scratch: RhythmScratch): { score: number; intervalS: number } {
  sortAscending(times);
  const rhythm = scoreRhythm(times, scratch);
  return rhythm.score === null ? { score: Number.NaN, intervalS: Number.NaN } : rhythm;
}

/** How many domains of some rows, or resolvers that are tunnelled through without one, show a sign of a tunnel, whoever asks. */
export function tunnelCount(
  { length, rules, domain, resolver, addresses, texts }: DnsPairs,
  rows = Uint32Array.from({ length }, (_, row) => row),
): number {
  const domainTexts = textsOf(texts);
  const addressTexts = textsOf(addresses);
  const found = new Set<string>();
  for (const row of rows) {
    if (rules[row] !== 0) found.add(domainTexts[domain[row]] || addressTexts[resolver[row] - 1]);
  }
  return found.size;
}

/** Who asked, and for which domain; where a tunnel has none ('') through which resolver, else '' too. */
export interface PairNames {
  client: string;
  domain: string;
  resolver: string;
}

/** Gives the names of the rows of a list of domains. */
export function pairNames(dns: DnsPairs): (row: number) => PairNames {
  const addresses = textsOf(dns.addresses);
  const texts = textsOf(dns.texts);
  return (row) => ({
    client: addresses[dns.client[row]],
    domain: texts[dns.domain[row]],
    resolver: dns.resolver[row] === 0 ? '' : addresses[dns.resolver[row] - 1],
  });
}
