import { APPLICATIONS } from '../protocols/application-ids.ts';
import { FLOW_COLUMNS, RESUMED } from '../flows/columns.ts';
import type { TraceKind } from '../flows/name-sources.ts';
import { ALL_OBSERVED } from '../flows/observed.ts';
import {
  FLOW_SCHEMA,
  type FlowColumn,
  type FlowField,
  type FlowFieldName,
  type TextColumnName,
  type WrittenColumn,
} from '../flows/schema.ts';
import { ALL_SIGNS } from '../protocols/signs.ts';
import { UNSAID_APPLICATION } from './application.ts';
import type { AskedHost } from '../protocols/proxy-request.ts';

/** What a row has of a column: a text where the column numbers texts of the flows, else the number. */
type RowValues = { [Column in WrittenColumn]: Column extends TextColumnName ? string : number };

/**
 * One flow as a log has it; one object serves all rows of a log. Its columns are those of `FLOW_SCHEMA` that are
 * written out; what the log does not have stays 0 or '', and the log's reader says that it is lacking. Addresses are
 * text in any form,
 * `firstPiece` is the place of the first piece among all flows so far, and an application that is not said is
 * `UNSAID_APPLICATION`.
 */
export interface FlowRow extends RowValues {
  firstMs: number;
  lastMs: number;
  /** Whether the log calls the ends local; null where it does not say. */
  sourceIsLocal: boolean | null;
  destinationIsLocal: boolean | null;
  /** Whether a capture's own names call the destination `resolvedName`; else its host's look-up does. */
  isHostName: boolean;
  /** Subject, issuer and first alternative name. */
  readonly certificate: [string, string, string];
  /** What rows of other logs call this flow, '' for nothing: a name that has the same key is this flow's. */
  key: string;
}

const WRITTEN_COLUMNS = FLOW_COLUMNS.filter(isWritten);

/** Columns that the builder works out of a row's numbers. */
const BUILT_COLUMNS: ReadonlySet<FlowColumn> = new Set([
  'application',
  'applicationGuessed',
  'firstPiece',
  'ipBytesSent',
  'ipBytesReceived',
]);
/** Numbers of a row that become a flow's as they are. */
export const PLAIN_COLUMNS = WRITTEN_COLUMNS.filter(
  (column): column is Exclude<WrittenColumn, TextColumnName> => !isText(column) && !BUILT_COLUMNS.has(column),
);

/** What a row has that says nothing. */
const NOTHING = {
  ...(Object.fromEntries(WRITTEN_COLUMNS.map((column) => [column, isText(column) ? '' : 0])) as RowValues),
  application: UNSAID_APPLICATION,
  firstMs: 0,
  lastMs: 0,
  sourceIsLocal: null,
  destinationIsLocal: null,
  isHostName: false,
  key: '',
};

/** Rows of logs that were read, for those that follow: making one for each of thousands of small logs takes long. */
const idle: FlowRow[] = [];

/** A row that says nothing; `giveRow` takes it back. */
export function takeRow(): FlowRow {
  const row = idle.pop();
  if (row === undefined) return { ...NOTHING, certificate: ['', '', ''] };
  row.certificate.fill('');
  return Object.assign(row, NOTHING);
}

/** Takes a row that nobody fills any more. */
export function giveRow(row: FlowRow): void {
  idle.push(row);
}

function isWritten(column: FlowColumn): column is WrittenColumn {
  return FLOW_SCHEMA[column].name !== '';
}

/** Whether a row has a text where flows have a number. */
export function isText(column: FlowFieldName): column is TextColumnName & WrittenColumn {
  const { texts }: FlowField = FLOW_SCHEMA[column];
  return typeof texts === 'string';
}

/** What a row of another log says of a flow. */
export class SiblingRow {
  /** As in `FlowRow`. */
  key = '';
  /** Bits of `OBSERVED`: what the row would have said of the flow, had there been anything to say. */
  observed = 0;
  /** Bits of `SIGNS`. */
  signs = 0;
  /** '' for none. */
  name = '';
  nameSource = 0;
  texts: Partial<Record<TraceKind, string>> = {};
  /** Subject, issuer and first alternative name; or what a log of certificates calls the server's. */
  certificate: readonly [string, string, string] = ['', '', ''];
  chain = '';
  /** Whom a proxy is asked for. */
  asked: AskedHost | null = null;
}

/** Bytes of headers that a packet has as a rule: Ethernet, IPv4, and TCP with timestamps. */
const HEADERS = 66;

/** Takes what is left of the frames without headers for payload, where a log does not count it. */
export function estimatePayload(row: FlowRow): void {
  row.payloadSent = Math.max(0, row.bytesSent - HEADERS * row.packetsSent);
  row.payloadReceived = Math.max(0, row.bytesReceived - HEADERS * row.packetsReceived);
}

/** What is wrong with a row's numbers; null where nothing is. */
export function rowFault(row: FlowRow): string | null {
  if (!isPort(row.sourcePort)) return 'source port invalid';
  if (!isPort(row.destinationPort)) return 'destination port invalid';
  if (!isWhole(row.protocol, 255)) return 'protocol invalid: not a number from 0 to 255';
  if (!isWhole(row.vlanId, 0xffff) || !isWhole(row.tunnelId, 255)) return 'VLAN or tunnel id invalid';
  if (!isWhole(row.firstMs, LATEST_MS)) return 'start time invalid';
  if (!isWhole(row.lastMs, LATEST_MS) || row.lastMs < row.firstMs) return 'end time invalid or before the start';
  if (!isWhole(row.packetsSent, MOST_PACKETS) || !isWhole(row.packetsReceived, MOST_PACKETS))
    return 'number of packets invalid';
  if (!isCount(row.bytesSent) || !isCount(row.bytesReceived)) return 'number of bytes invalid';
  if (!isCount(row.payloadSent) || !isCount(row.payloadReceived)) return 'number of payload bytes invalid';
  if (!isCount(row.ipBytesSent) || !isCount(row.ipBytesReceived)) return 'number of IP bytes invalid';
  if (!isWhole(row.application + 1, APPLICATIONS.length) || !isWhole(row.applicationGuessed, 1))
    return 'application invalid';
  if (!isWhole(row.begin, RESUMED) || !isWhole(row.failed, 1) || !isWhole(row.observed, ALL_OBSERVED))
    return 'begin, failed or observed invalid';
  if (!isWhole(row.signs, ALL_SIGNS)) return 'signs invalid';
  return null;
}

/** The last moment that dates can say (ECMAScript 21.4.1.1). */
const LATEST_MS = 8.64e15;
const MOST_PACKETS = 0xffff_ffff;

function isPort(value: number): boolean {
  return isWhole(value, 0xffff);
}

function isCount(value: number): boolean {
  return isWhole(value, Number.MAX_SAFE_INTEGER);
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}
