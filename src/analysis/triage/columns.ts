import { createMeasureColumns, type MeasureColumns } from './measures.ts';

/** Facts that flows say of the listed connections, whatever the analyst's lists say, and what holds each of them. */
export const FACT_COLUMNS = {
  /** Index into `APPLICATIONS` of the application of most flows, and 1 where a payload showed it. */
  application: Uint8Array,
  applicationSeen: Uint8Array,
  /** Bits of `OBSERVED`: what at least half of the flows could show. */
  observed: Uint16Array,
  /** Indexes into `ZONES`. */
  sourceZone: Uint8Array,
  destinationZone: Uint8Array,
  /** Shares and spreads as in `Facts`. */
  namedShare: Float64Array,
  literalShare: Float64Array,
  failedShare: Float64Array,
  dataShare: Float64Array,
  spreadSent: Float64Array,
  spreadReceived: Float64Array,
  late: Float64Array,
  /** Internal sources that go to the destination. */
  hosts: Uint32Array,
  /** Other nameless outside addresses that the source calls at the same interval, and that the same software calls. */
  siblings: Uint32Array,
  servers: Uint32Array,
  /** Other nameless outside addresses that the source goes to on the same port. */
  samePort: Uint32Array,
  /** 1 where a client fingerprint is one that the source uses towards this destination alone. */
  ownFingerprint: Uint8Array,
  /** Bits of `SIGNS`, each where it holds for the connection as a whole. */
  signs: Uint16Array,
  /** Bits of `CIRCUMSTANCES`. */
  circumstances: Uint16Array,
  /** Index into `NOBODY` of whom its certificate is made out to. */
  nobody: Uint8Array,
  /** Years between the browser that most requests name and the capture. */
  agentAge: Uint8Array,
  /** Names under one domain that the client tunnels through, plus one; random names that do not exist. */
  tunnelled: Uint32Array,
  generated: Uint32Array,
  /** Index into `DnsPairs.texts` of the domain that those names are under. */
  tunnelDomain: Uint32Array,
  /** Number of the rhythm that its host calls its name on, at several addresses; 0 for none. What it is: see `NameRhythm`. */
  byName: Uint32Array,
  byNameScore: Float64Array,
  byNameIntervalS: Float64Array,
  byNameFlows: Uint32Array,
  byNameAddresses: Uint32Array,
} as const;

export type FactColumns = {
  -readonly [Fact in keyof typeof FACT_COLUMNS]: InstanceType<(typeof FACT_COLUMNS)[Fact]>;
} & { measures: MeasureColumns };

/** What else holds for a connection, as bits of its column. */
export const CIRCUMSTANCES = {
  /** Most of its ClientHellos name no server. */
  namelessHello: 1,
  /** Its address was not looked up, though its host looks names up. */
  unlooked: 2,
  /** Its host had fetched a program, or asked for its own address, shortly before. */
  afterProgram: 4,
  afterOwnAddress: 8,
  /** Answers to ICMP are of another size than what they answer. */
  unlikeEcho: 16,
  /** Most of its flows go through a proxy: what they speak at first is said to that. */
  proxied: 32,
  /** Answers are of the same size, but both are far larger than pings are. */
  largeEcho: 64,
} as const;
export type Circumstance = keyof typeof CIRCUMSTANCES;

/** Triage of the listed connections, one value a row: what the order, the badges and the phrases come from. */
export interface TriageColumns extends FactColumns {
  /** Sum of the points. */
  total: Int8Array;
  /** Index into `BADGES`. */
  badge: Uint8Array;
  /** Bit set of places in `RULES`, `LINE_WORDS` a row: the lines that apply. */
  lines: Uint32Array;
  /** 1 where everything that a connection goes to is on the allow list. */
  setAside: Uint8Array;
  /** The row that shows it: its own number, or that of the twin it is folded under. */
  head: Uint32Array;
  /** Index into `TriageSummary.watched`; 0 where the watch list does not meet it. */
  watched: Uint32Array;
  /** Bits of `NOVELTY`, and hosts that went there before, by the baseline; 0 without one. */
  novelty: Uint8Array;
  hostsBefore: Uint32Array;
}

/** Words of 32 bits that the lines of one row take. */
export const LINE_WORDS = 3;

/** Columns for `length` connections without a point. */
export function createTriageColumns(length: number): TriageColumns {
  return {
    ...createFactColumns(length),
    total: new Int8Array(length),
    badge: new Uint8Array(length),
    lines: new Uint32Array(length * LINE_WORDS),
    setAside: new Uint8Array(length),
    head: Uint32Array.from({ length }, (_, row) => row),
    watched: new Uint32Array(length),
    novelty: new Uint8Array(length),
    hostsBefore: new Uint32Array(length),
  };
}

/** Columns for `length` connections of which nothing is known. */
export function createFactColumns(length: number): FactColumns {
  const columns = Object.entries(FACT_COLUMNS).map(([fact, Column]) => [fact, new Column(length)]);
  return { ...Object.fromEntries(columns), measures: createMeasureColumns(length) } as FactColumns;
}
