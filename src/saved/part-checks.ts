import type { CaptureSummary, Warning } from '../analysis/capture.ts';
import { DnsCollector } from '../analysis/dns/collector.ts';
import { type DnsPairs, dnsPairs } from '../analysis/dns/report.ts';
import { RULES } from '../analysis/dns/rules.ts';
import type { SaidZones } from '../analysis/flow-logs/local-ends.ts';
import { type Sighting, SIGHTING_KINDS, SIGHTING_SOURCES } from '../analysis/inspect/hosts/host-sightings.ts';
import type { SeenMac } from '../analysis/inspect/hosts/hosts-seen.ts';
import { LINKS } from '../analysis/inspect/hosts/mac-links.ts';
import type { TextPool } from '../analysis/memory/text-pool.ts';
import { createColumns } from '../analysis/memory/schema.ts';
import type { CapturesRead } from '../analysis/report/analysis.ts';
import type { NetworkCounts } from '../analysis/triage/network-facts.ts';
import { MOST_MESSAGES } from '../analysis/sessions/details.ts';
import { MESSAGE_SCHEMA, SESSION_SCHEMA, type SessionRows } from '../analysis/sessions/session-rows.ts';
import { DEFAULT_SETTINGS, GROUPINGS, type Settings } from '../analysis/settings.ts';
import { type Check, columnsLike, count, flag, list, number, object, oneOf, orMissing, orNull } from './checks.ts';
import { longText, partsOf, said, saidTexts, text, texts } from './checks.ts';
import { SavedFault } from './unpack.ts';

/** The parts of a saved analysis beside its flows. */

/** Captures that an analysis may be made of, and so digests. */
export const MOST_CAPTURES = 100_000;
const MOST_WARNINGS = 10_000;
const MOST_SLICES = 100_000;
const MOST_SIGHTINGS = 1 << 20;
const MOST_GENERATORS = 100_000;

const { minFlows, notebookMinFlows, internal, openTunnels, nfstream, ...timeouts } = DEFAULT_SETTINGS;

export const settingsCheck: Check<Settings> = object<Settings>({
  idleTimeoutMs: orMissing(count, timeouts.idleTimeoutMs),
  activeTimeoutMs: orMissing(count, timeouts.activeTimeoutMs),
  minFlows: orMissing(count, minFlows),
  notebookMinFlows: orMissing(count, notebookMinFlows),
  grouping: orMissing(oneOf(GROUPINGS), timeouts.grouping),
  internal: orMissing(longText, internal),
  allow: orMissing(longText, ''),
  watch: orMissing(longText, ''),
  openTunnels: orMissing(flag, openTunnels),
  nfstream: orMissing(flag, nfstream),
});

const warning: Check<Warning> = object<Warning>({ kind: text, offset: orNull(count), message: text });

const capture: Check<CaptureSummary> = object<CaptureSummary>({
  file: text,
  format: orNull(text),
  compression: orNull(text),
  packets: count,
  bytes: count,
  comments: count,
  firstMs: orNull(number()),
  lastMs: orNull(number()),
  warnings: list(warning, MOST_WARNINGS),
  flows: orMissing<number | undefined>(count, undefined),
  lacks: orMissing<string[] | undefined>(texts, undefined),
});

const sighting: Check<Sighting> = object<Sighting>({
  address: said,
  kind: oneOf(SIGHTING_KINDS),
  text: said,
  source: oneOf(SIGHTING_SOURCES),
  firstMs: number(),
  lastMs: number(),
});

const seenMac: Check<SeenMac> = object<SeenMac>({
  mac: said,
  addresses: list(object<SeenMac['addresses'][number]>({ address: said, link: oneOf(LINKS) }), MOST_SIGHTINGS),
  isRouter: flag,
  vendor: text,
});

export const readCheck: Check<CapturesRead> = object<CapturesRead>({
  captures: list(capture, MOST_CAPTURES),
  flowPackets: count,
  packetsOverTime: (value, at) => {
    const { counts, sliceMs } = partsOf(value, at);
    if (!(counts instanceof Uint32Array && counts.length <= MOST_SLICES))
      throw new SavedFault(`${at}.counts is not a column of slices`);
    return { counts, sliceMs: number(1)(sliceMs, `${at}.sliceMs`) };
  },
  hostsSeen: orMissing<readonly Sighting[]>(list(sighting, MOST_SIGHTINGS), []),
  macsSeen: orMissing<readonly SeenMac[]>(list(seenMac, MOST_SIGHTINGS), []),
  saidZones: orMissing(object<SaidZones>({ internal: saidTexts, external: saidTexts }), { internal: [], external: [] }),
});

/** What a whole network says, where the flows are a part of it. */
export const networkCheck: Check<NetworkCounts> = (value, at) => {
  const parts = partsOf(value, at);
  const addresses = saidTexts(parts['addresses'], `${at}.addresses`);
  const names = saidTexts(parts['names'], `${at}.names`);
  const empty = { addressHosts: new Uint32Array(0), nameHosts: new Uint32Array(0) };
  const lengths = { addressHosts: addresses.length, nameHosts: names.length };
  return {
    ...object<Omit<NetworkCounts, 'addresses' | 'names' | keyof typeof empty>>({
      firstMs: number(),
      lastMs: number(),
      lastStartMs: number(),
      hosts: count,
      internalAddresses: count,
      staysInternal: flag,
    })(value, at),
    ...columnsLike(empty, (name) => ({ length: lengths[name] }))(value, at),
    addresses,
    names,
  };
};

/** Sessions as columns. */
export const sessionsCheck: Check<SessionRows> = (value, at) => {
  const parts = partsOf(value, at);
  const conversations = count(parts['conversations'], `${at}.conversations`);
  const length = count(parts['length'], `${at}.length`);
  // Each conversation has a session: as many as the file merely claims are no reason for as much memory.
  if (conversations > length) throw new SavedFault(`${at} has more conversations than sessions`);
  const ends: Partial<Record<string, number>> = {
    conversation: conversations,
    closed: 3,
    synSeen: 2,
    firstSender: 2,
    messagesKept: MOST_MESSAGES + 1,
    startMs: Number.MAX_SAFE_INTEGER,
    bytesLower: Number.MAX_SAFE_INTEGER,
    bytesHigher: Number.MAX_SAFE_INTEGER,
  };
  const boundsOf = (name: string) => ({ length, end: ends[name] });
  const rows = columnsLike(createColumns(SESSION_SCHEMA, 0), boundsOf)(parts['rows'], `${at}.rows`);
  const stored = rows.messagesKept.reduce((sum, kept) => sum + kept, 0);
  const messages = columnsLike(createColumns(MESSAGE_SCHEMA, 0), (name) => ({
    length: stored,
    end: name === 'sides' || name === 'openers' ? 2 : undefined,
  }))(parts['messages'], `${at}.messages`);
  return { conversations, length, lostMessages: count(parts['lostMessages'], `${at}.lostMessages`), rows, messages };
};

const pool: Check<TextPool> = (value, at) => {
  const { count: claimed, joined } = partsOf(value, at);
  if (typeof joined !== 'string') throw new SavedFault(`${at} has no texts`);
  const found = joined === '' && claimed === 0 ? 0 : joined.split('\n').length;
  if (found !== claimed) throw new SavedFault(`${at} says that it has other texts than it has`);
  said(joined.replaceAll('\n', ''), `${at}.joined`);
  return { count: found, joined };
};

/** What clients asked for. */
export const dnsCheck: Check<DnsPairs> = (value, at) => {
  const parts = partsOf(value, at);
  const own = <T>(name: keyof DnsPairs, check: Check<T>): T => check(parts[name], `${at}.${name}`);
  const length = own('length', count);
  const addresses = own('addresses', pool);
  const textPool = own('texts', pool);
  const ends: Partial<Record<keyof DnsPairs, number>> = {
    client: addresses.count,
    resolver: addresses.count + 1,
    domain: textPool.count,
    types: textPool.count,
    samples: textPool.count,
    rules: Object.values(RULES).reduce((all, bit) => all | bit, 0) + 1,
  };
  return {
    ...columnsLike(dnsPairs(new DnsCollector()), (name) => ({ length, end: ends[name] }))(value, at),
    length,
    addresses,
    texts: textPool,
    total: own('total', count),
    lost: own('lost', count),
    tunnels: own('tunnels', count),
    generators: own(
      'generators',
      list(object({ client: number(0, addresses.count - 1), names: count }), MOST_GENERATORS),
    ),
  };
};
