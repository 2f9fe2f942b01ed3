import type { NameSource, TraceKind } from '../flows/name-sources.ts';
import type { FlowTimes } from '../net/flow-spans.ts';
import type { Application } from '../protocols/application-ids.ts';
import type { NotebookColumn } from '../scores/notebook.ts';
import type { Rhythm } from '../scores/rhythm.ts';
import type { Rita } from '../scores/rita.ts';
import type { Unscored } from '../scores/unscored.ts';
import type { SessionStrip } from '../sessions/strip.ts';
import type { WonSeries } from './won-series.ts';

/** The notebook's frame of one connection, `score` being its `Score`. */
export type NotebookValues = Record<NotebookColumn, number> & { score: number };

/** An address with an IP protocol number and a port (0 without one): where flows go. */
export interface FlowEnd {
  address: string;
  protocol: number;
  port: number;
}

/** All of one connection: its flows in order of start, and its scores with everything they came from. */
export interface ConnectionDetail extends FlowTimes {
  length: number;
  /** NFStream's flow id (order of emission). */
  id: Uint32Array;
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
  /**
   * Number of the session each flow is a piece of, plus one; 0 for a flow that no timeout cut out of a longer session.
   */
  pieceOf: Uint32Array;
  /** How each flow ended: index into `FLOW_ENDINGS`. */
  ending: Uint8Array;
  /** The best session's messages; null where no session of the connection has any. */
  session: SessionStrip | null;
  /** What RITA and rhythm look at: starts seen through the flow meter, and the IP bytes sent by each. */
  checkInsMs: Float64Array;
  checkInBytes: Float64Array;
  rhythm: Rhythm | Unscored;
  /** The series that the connection is ranked by; null where nothing of it is scored. */
  won: WonSeries | null;
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
  /** Whether flows of other connections may go there, too: what its packets are is then told by its flows. */
  sharesEnds: boolean;
  /** Whether any flow of the capture is in a VLAN: what looks for packets then has to look behind tags, too. */
  inVlans: boolean;
  /** Every name with its source and the number of flows that carry it, most used first. */
  names: { name: string; source: NameSource; flows: number }[];
  /** What the servers' certificates say that were sent in the clear, and how many flows carry each, most used first. */
  certificates: { subject: string; issuer: string; alternativeName: string; flows: number }[];
  /** What the flows carry ("Unknown" where nothing tells), by their content or guessed by their ports. */
  applications: { name: Application; guessed: boolean; flows: number }[];
  /** What tells which software talked, and how many flows carry each. */
  traces: { kind: TraceKind; text: string; flows: number }[];
}
