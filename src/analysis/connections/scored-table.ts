import type { NotebookColumns } from '../scores/notebook.ts';
import type { RhythmColumns } from '../scores/rhythm-columns.ts';
import type { RitaColumns } from '../scores/rita-columns.ts';
import type { ScoreName } from '../scores/score-names.ts';
import type { InnerColumns } from '../sessions/inner-columns.ts';
import type { JoinedColumns } from '../sessions/joined.ts';

/** Bins of the histogram in every row: five a decade from 1 ms to 10^8 ms (28 hours); the ends take what lies outside. */
export const ROW_BINS = 40;

/** Slices of the capture's span in the strip of every row. */
export const SEEN_SLICES = 60;

/**
 * Connections as columns, in the order pandas groups them: by source and destination address as text, then by port.
 * A connection is all flows that share what `Settings.grouping` says, at first one (source address, destination
 * address, destination port).
 */
export interface ScoredTable {
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
  /** The rhythm inside the best session, and the rhythm that counts: of flow starts, inside a session, or of both together. */
  inner: InnerColumns;
  joined: JoinedColumns;
  /** Sessions that a timeout cut into several flows, one of them this connection's, and how many flows they are in all. */
  pieces: Uint32Array;
  piecedSessions: Uint32Array;
  /** Why a score has no value: indexes into `UNSCORED_REASONS`, 0 where it has one. */
  unscored: Record<ScoreName, Uint8Array>;
}
