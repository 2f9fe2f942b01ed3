import type { CaptureSummary } from '../capture.ts';
import type { ScoredTable } from '../connections/scored-table.ts';
import type { HostTable } from '../hosts/table.ts';
import type { TimeRange } from './time-range.ts';
import type { DnsPairs } from '../dns/report.ts';
import type { RowTraces } from '../flows/row-traces.ts';
import type { TextPool } from '../memory/text-pool.ts';
import { SCORES } from '../scores/unscored.ts';
import type { LongSessions } from '../sessions/long.ts';
import type { Settings } from '../settings.ts';
import type { TriageColumns } from '../triage/columns.ts';
import type { TriageSummary } from '../triage/summary.ts';

/** What connections can be put in order by: triage's points, or a score alone. */
export const ORDERS = ['triage', ...SCORES] as const;
export type OrderName = (typeof ORDERS)[number];

/** The scored connections with triage's points, badges and what they come from; `rowFactsOf` puts them into words. */
export interface ConnectionTable extends ScoredTable {
  triage: TriageColumns;
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
  /** Packets in equal slices of `sliceMs` milliseconds, for the line over the table; of logs, the starts of flows. */
  packetsOverTime: Uint32Array;
  sliceMs: number;
  /** When the first of those slices begins: they are of all that was read, whatever time is looked at. */
  packetsFirstMs: number | null;
  /** The time that is looked at, in which the flows of all lists began; null for all of it. */
  range: TimeRange | null;
  addresses: TextPool;
  /** Entry 0 is the empty name. */
  names: TextPool;
  /** What triage says of the report as a whole. */
  triage: TriageSummary;
  connections: ConnectionTable;
  /** Fingerprints and headers of the connections; null in a report that was put together of several. */
  traces: RowTraces | null;
  /** The hosts of the network, those to look at first before the others. */
  hosts: HostTable;
  /** Connections that have no more flows than the limit and are listed for a score inside one of their sessions. */
  insideOnly: number;
  /** Those that are listed for their points alone, and those that there was no room for. */
  pointsOnly: number;
  pointsLeftOut: number;
  /** Rows that come after all others in triage and found no room in a report that was put together of several. */
  rowsLeftOut: number;
  /** Sessions of all connections, listed or not, that were open for long. */
  long: LongSessions;
  /** What clients asked resolvers for, by registrable domain. */
  dns: DnsPairs;
  /** Messages inside sessions that found no room in the memory for all of them. */
  lostMessages: number;
}
