import type { Application } from '../protocols/application-ids.ts';
import type { DnsPairs } from '../dns/report.ts';
import type { NotebookColumn, NotebookColumns } from '../scores/notebook.ts';
import type { RhythmColumns } from '../scores/rhythm-columns.ts';
import type { RhythmEvents } from '../scores/rhythm-events.ts';
import type { Rhythm } from '../scores/rhythm.ts';
import type { RitaColumns } from '../scores/rita-columns.ts';
import type { Rita } from '../scores/rita.ts';
import type { Unscored } from '../scores/unscored.ts';
import type { InnerColumns } from '../sessions/inner-columns.ts';
import type { JoinedColumns } from '../sessions/joined.ts';
import type { LongSessions } from '../sessions/long.ts';
import type { SessionStrip } from '../sessions/strip.ts';
import type { Settings } from '../settings.ts';
import type { TriageColumns } from '../triage/columns.ts';
import type { TriageSummary } from '../triage/summary.ts';

/** A fault or an oddity in one capture: what was read is analysed all the same. */
export interface Warning {
  kind: string;
  /** Byte offset in the file, or null where the warning is about the capture as a whole. */
  offset: number | null;
  message: string;
}

/** What was read of one file. */
export interface CaptureSummary {
  file: string;
  /** "pcap", "pcapng", or what flow log it is ("Zeek conn.log"); null for a file that could not be read: its warning says why. */
  format: string | null;
  /** What the file is packed with ("gzip", ...), null for nothing. */
  compression: string | null;
  /** Packet records read. */
  packets: number;
  /** Bytes of the file that were read, as they lie on the disk. */
  bytes: number;
  /** Comments that people or programs left in it. */
  comments: number;
  /** Earliest and latest timestamp in milliseconds since 1970, null without packets or flows. */
  firstMs: number | null;
  lastMs: number | null;
  warnings: Warning[];
  /** Of a flow log: flows that were taken from it, and what it does not say of them ("link-layer bytes: ..."). */
  flows?: number;
  lacks?: string[];
}

/**
 * Many short texts as one string, so that 100,000 of them cross a worker boundary as one copy.
 * Texts hold no line feed: addresses never do, and names are escaped before they get here.
 */
export interface TextPool {
  count: number;
  joined: string;
}

/**
 * Where a name came from; the index is what columns store. 0 is "no name". "capture" is a name that the capture file's
 * own name blocks give to the destination: no flow carries it, and it counts only where no flow carries another. "from
 * dns" is what the source last resolved to the destination before the flow began: the flow does not carry it either.
 * "log" is a name of a flow table that does not say where it came from.
 */
export const NAME_SOURCES = [
  '',
  'dns',
  'tls',
  'http',
  'dhcp',
  'capture',
  'mdns',
  'llmnr',
  'netbios',
  'ssdp',
  'stun',
  'smtp',
  'quic',
  'from dns',
  'log',
] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

/** Whether a name with this source (index into `NAME_SOURCES`) is one that flows themselves carry. */
export function isCarried(source: number): boolean {
  return NAME_SOURCES[source] !== 'capture' && NAME_SOURCES[source] !== 'from dns';
}

/** Fingerprints and headers that tell which software talked, under the names of their columns. */
export const TRACE_KINDS = [
  'clientFingerprint',
  'serverFingerprint',
  'ja4',
  'ja4s',
  'userAgent',
  'contentType',
] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

/** Bins of the histogram in every row: five a decade from 1 ms to 10^8 ms (28 hours); the ends take what lies outside. */
export const ROW_BINS = 40;

/** Slices of the capture's span in the strip of every row. */
export const SEEN_SLICES = 60;

/** The scores of a connection, each of which may have no value. */
export const SCORES = ['rhythm', 'rita', 'notebook', 'corrected'] as const;
export type ScoreName = (typeof SCORES)[number];

/** What connections can be put in order by: triage's points, or a score alone. */
export const ORDERS = ['triage', ...SCORES] as const;
export type OrderName = (typeof ORDERS)[number];

/**
 * Connections as columns, in the order pandas groups them: by source and destination address as text, then by port.
 * A connection is all flows that share what `Settings.grouping` says, at first one (source address, destination
 * address, destination port).
 */
export interface ConnectionTable {
  length: number;
  /** Number of the group among all groups, from 0, listed or not. */
  group: Uint32Array;
  /** Indexes into `Report.addresses`; the destination is that of most flows. */
  source: Uint32Array;
  destination: Uint32Array;
  /** How many other destinations there are: none but where flows are grouped by name. */
  otherDestinations: Uint32Array;
  /** Port of most of its flows, and how many others there are: none where flows are grouped by port. */
  destinationPort: Uint16Array;
  otherPorts: Uint32Array;
  /** IP protocol of most of its flows, and how many others there are. */
  protocol: Uint8Array;
  otherProtocols: Uint8Array;
  /** Index into `Report.names` of the name most flows carry (0: none), its source, and how many other names there were. */
  name: Uint32Array;
  nameSource: Uint8Array;
  otherNames: Uint32Array;
  flows: Uint32Array;
  /** Flows that are TCP connections which never came about; that resumed after silence; that only go on after a cut. */
  failedFlows: Uint32Array;
  resumedFlows: Uint32Array;
  continuedFlows: Uint32Array;
  /** Bits of `SORT_BITS`: what holds for all of its flows. */
  sorts: Uint8Array;
  /** Median of the real deltas in milliseconds; NaN with fewer than two flows. */
  medianDeltaMs: Float64Array;
  packetsSent: Float64Array;
  packetsReceived: Float64Array;
  /** Wire bytes, source to destination and back. */
  bytesSent: Float64Array;
  bytesReceived: Float64Array;
  /** Start of the first flow and end of the last, milliseconds since 1970. */
  firstSeenMs: Float64Array;
  lastSeenMs: Float64Array;
  /** `ROW_BINS` counts of real deltas for each connection, one after another. */
  deltaHistogram: Uint32Array;
  /** `SEEN_SLICES` counts of flow starts for each connection, over the span of the report; 255 stands for more. */
  seen: Uint8Array;
  /** The notebook's frame, as it is and corrected; NaN where there is no value. */
  notebook: NotebookColumns;
  corrected: NotebookColumns;
  rita: RitaColumns;
  rhythm: RhythmColumns;
  /** Points, badges and what they come from; `rowFactsOf` puts them into words. */
  triage: TriageColumns;
  /** The rhythm inside the best session, and the rhythm that counts: of flow starts, inside a session, or of both together. */
  inner: InnerColumns;
  joined: JoinedColumns;
  /** Sessions that a timeout cut into several flows, one of them this connection's, and how many flows they are in all. */
  pieces: Uint32Array;
  piecedSessions: Uint32Array;
  /** Why a score has no value: indexes into `UNSCORED_REASONS`, 0 where it has one. */
  unscored: Record<ScoreName, Uint8Array>;
}

/** A table before triage: what the flows and the scores say. */
export type ScoredTable = Omit<ConnectionTable, 'triage'>;

/** The whole result of one analysis as the page and the terminal get it. */
export interface Report {
  settings: Settings;
  captures: CaptureSummary[];
  /** Over all captures: packet records, packets that belong to a flow, flows, and groups before the limit. */
  packets: number;
  flowPackets: number;
  flows: number;
  groups: number;
  /** Flows of the largest group: says which limit would list something. */
  largestGroup: number;
  /** Span of all packets that belong to flows, in milliseconds since 1970; null without any. */
  firstMs: number | null;
  lastMs: number | null;
  /** Packets in equal slices of `sliceMs` milliseconds from `firstMs` on, for the line over the table. */
  packetsOverTime: Uint32Array;
  sliceMs: number;
  addresses: TextPool;
  /** Entry 0 is the empty name. */
  names: TextPool;
  /** What triage says of the report as a whole. */
  triage: TriageSummary;
  connections: ConnectionTable;
  /** Connections that have no more flows than the limit and are listed for a score inside one of their sessions. */
  insideOnly: number;
  /** Sessions of all connections, listed or not, that were open for long. */
  long: LongSessions;
  /** What clients asked resolvers for, by registrable domain. */
  dns: DnsPairs;
  /** Messages inside sessions that found no room in the memory for all of them. */
  lostMessages: number;
}

/** The notebook's frame of one connection, `score` being its `Score`. */
export type NotebookValues = Record<NotebookColumn, number> & { score: number };

/** An address with an IP protocol number and a port (0 without one): where flows go. */
export interface FlowEnd {
  address: string;
  protocol: number;
  port: number;
}

/** All of one connection: its flows in order of start, and its scores with everything they came from. */
export interface ConnectionDetail {
  length: number;
  /** NFStream's flow id (order of emission). */
  id: Uint32Array;
  startMs: Float64Array;
  endMs: Float64Array;
  protocol: Uint8Array;
  sourcePort: Uint16Array;
  destinationPort: Uint16Array;
  packetsSent: Uint32Array;
  packetsReceived: Uint32Array;
  bytesSent: Float64Array;
  bytesReceived: Float64Array;
  /** 0 idle or end of capture, 1 active timeout. */
  expirationId: Uint8Array;
  /** `FRESH`, `CONTINUED` or `RESUMED`; 1 for a TCP connection that never came about. */
  begin: Uint8Array;
  failed: Uint8Array;
  /** Number of the session each flow is a piece of, plus one; 0 for a flow that no timeout cut out of a longer session. */
  pieceOf: Uint32Array;
  /** The best session's messages; null where no session of the connection has any. */
  session: SessionStrip | null;
  /** What RITA and rhythm look at: starts seen through the flow meter, and the IP bytes sent by each. */
  checkInsMs: Float64Array;
  checkInBytes: Float64Array;
  rhythm: Rhythm | Unscored;
  /** Where the rhythm shows; null without one. */
  events: RhythmEvents | null;
  rita: Rita | Unscored;
  notebook: NotebookValues | Unscored;
  corrected: NotebookValues | Unscored;
  /** What all packets of flows span, in milliseconds since 1970: the strip that the events are drawn on. */
  captureFirstMs: number;
  captureLastMs: number;
  /** Intervals above this cannot be judged on so short a capture. */
  longestIntervalMs: number;
  /** Where its flows go, most used first, as far as there is room, and how many other ends there are. */
  ends: FlowEnd[];
  otherEnds: number;
  /** Every name with its source and the number of flows that carry it, most used first. */
  names: { name: string; source: NameSource; flows: number }[];
  /** What the servers' certificates say that were sent in the clear, and how many flows carry each, most used first. */
  certificates: { subject: string; issuer: string; alternativeName: string; flows: number }[];
  /** What the flows carry ("Unknown" where nothing tells), by their content or guessed by their ports. */
  applications: { name: Application; guessed: boolean; flows: number }[];
  /** What tells which software talked, and how many flows carry each. */
  traces: { kind: TraceKind; text: string; flows: number }[];
}

/** The texts of a pool, by index. */
export function textsOf(pool: TextPool): string[] {
  return pool.count === 0 ? [] : pool.joined.split('\n');
}

/** Puts texts (none holding a line feed) into one pool. */
export function poolOf(texts: readonly string[]): TextPool {
  return { count: texts.length, joined: texts.join('\n') };
}
