import type { NotebookColumn, NotebookColumns } from './scores/notebook.ts';
import type { RhythmColumns } from './scores/rhythm-columns.ts';
import type { RhythmEvents } from './scores/rhythm-events.ts';
import type { Rhythm } from './scores/rhythm.ts';
import type { RitaColumns } from './scores/rita-columns.ts';
import type { Rita } from './scores/rita.ts';
import type { Unscored } from './scores/unscored.ts';
import type { Settings } from './settings.ts';

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
 * own name blocks give to the destination: no flow carries it, and it counts only where no flow carries another. "log" is a
 * name of a flow table that does not say where it came from.
 */
export const NAME_SOURCES = ['', 'dns', 'tls', 'http', 'dhcp', 'capture', 'log'] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

/** Bins of the histogram in every row: five a decade from 1 ms to 10^8 ms (28 hours); the ends take what lies outside. */
export const ROW_BINS = 40;

/** The scores of a connection, each of which may have no value. */
export const SCORES = ['rhythm', 'rita', 'notebook', 'corrected'] as const;
export type ScoreName = (typeof SCORES)[number];

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
  /** The notebook's frame, as it is and corrected; NaN where there is no value. */
  notebook: NotebookColumns;
  corrected: NotebookColumns;
  rita: RitaColumns;
  rhythm: RhythmColumns;
  /** Why a score has no value: indexes into `UNSCORED_REASONS`, 0 where it has one. */
  unscored: Record<ScoreName, Uint8Array>;
}

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
  connections: ConnectionTable;
}

/** The notebook's frame of one connection, `score` being its `Score`. */
export type NotebookValues = Record<NotebookColumn, number> & { score: number };

/** All of one connection: its flows in order of start, and its scores with everything they came from. */
export interface ConnectionDetail {
  length: number;
  /** NFStream's flow id (order of emission). */
  id: Uint32Array;
  startMs: Float64Array;
  endMs: Float64Array;
  protocol: Uint8Array;
  sourcePort: Uint16Array;
  packetsSent: Uint32Array;
  packetsReceived: Uint32Array;
  bytesSent: Float64Array;
  bytesReceived: Float64Array;
  /** 0 idle or end of capture, 1 active timeout. */
  expirationId: Uint8Array;
  /** `FRESH`, `CONTINUED` or `RESUMED`; 1 for a TCP connection that never came about. */
  begin: Uint8Array;
  failed: Uint8Array;
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
  /** Every name with its source and the number of flows that carry it, most used first. */
  names: { name: string; source: NameSource; flows: number }[];
}

/** The texts of a pool, by index. */
export function textsOf(pool: TextPool): string[] {
  return pool.count === 0 ? [] : pool.joined.split('\n');
}

/** Puts texts (none holding a line feed) into one pool. */
export function poolOf(texts: readonly string[]): TextPool {
  return { count: texts.length, joined: texts.join('\n') };
}
