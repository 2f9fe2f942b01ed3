import { APPLICATIONS } from '../protocols/application-ids.ts';
import { firstMsOf, type FlowColumns, lastMsOf } from '../flows/columns.ts';
import { NAME_SOURCES, sourceIndex, type TraceKind } from '../flows/name-sources.ts';
import { applicationOf, UNSAID_APPLICATION } from './application.ts';
import type { FlowRow } from './flow-row.ts';

/** A column of a flow table: how a flow says it, and how a row takes it from a cell's text. */
export interface FlowField {
  /** NFStream's name, or our own behind those. */
  name: string;
  of: (flows: FlowColumns, flow: number) => number | string;
  take: (row: FlowRow, cell: string) => void;
}

/** What the name's source is for a table that does not say it. */
const UNSAID = sourceIndex('log');

/** Bytes of a name in NFStream's column: its last ones. */
const REQUESTED_NAME_LIMIT = 79;

/** Numbers of a flow that a row has under the same name. */
type PlainColumn = {
  [Column in keyof FlowColumns & keyof FlowRow]: FlowRow[Column] extends number ? Column : never;
}[keyof FlowColumns & keyof FlowRow];

/** The columns with times, in milliseconds since 1970 as NFStream has them. */
export const FIRST_SEEN = 'bidirectional_first_seen_ms';
export const LAST_SEEN = 'bidirectional_last_seen_ms';

/** NFStream's columns in its order, then what it does not have and scores need. */
export const FLOW_FIELDS: readonly FlowField[] = [
  { name: 'id', of: (_, flow) => flow, take: () => {} },
  plain('expiration_id', 'expirationId'),
  {
    name: 'src_ip',
    of: (flows, flow) => flows.addresses[flows.source[flow]],
    take: (row, cell) => {
      row.source = cell;
    },
  },
  plain('src_port', 'sourcePort'),
  {
    name: 'dst_ip',
    of: (flows, flow) => flows.addresses[flows.destination[flow]],
    take: (row, cell) => {
      row.destination = cell;
    },
  },
  plain('dst_port', 'destinationPort', Number.NaN),
  plain('protocol', 'protocol'),
  {
    name: 'ip_version',
    of: (flows, flow) => (flows.addresses[flows.source[flow]].includes(':') ? 6 : 4),
    take: () => {},
  },
  plain('vlan_id', 'vlanId'),
  plain('tunnel_id', 'tunnelId'),
  numeric(FIRST_SEEN, 'firstMs', firstMsOf, Number.NaN),
  numeric(LAST_SEEN, 'lastMs', lastMsOf, Number.NaN),
  plain('src2dst_packets', 'packetsSent'),
  plain('src2dst_bytes', 'bytesSent'),
  plain('dst2src_packets', 'packetsReceived'),
  plain('dst2src_bytes', 'bytesReceived'),
  {
    name: 'application_name',
    of: (flows, flow) => APPLICATIONS[flows.application[flow]],
    take: (row, cell) => {
      row.application = cell === '' ? UNSAID_APPLICATION : applicationOf(cell);
    },
  },
  {
    name: 'requested_server_name',
    of: (flows, flow) => flows.names[flows.name[flow]].slice(-REQUESTED_NAME_LIMIT),
    take: (row, cell) => {
      row.name = cell;
      row.nameSource = cell === '' ? 0 : UNSAID;
    },
  },
  text('client_fingerprint', 'clientFingerprint'),
  text('server_fingerprint', 'serverFingerprint'),
  text('user_agent', 'userAgent'),
  text('content_type', 'contentType'),
  plain('application_guessed', 'applicationGuessed'),
  {
    name: 'requested_server_name_source',
    of: (flows, flow) => NAME_SOURCES[flows.nameSource[flow]],
    take: (row, cell) => {
      const source = (NAME_SOURCES as readonly string[]).indexOf(cell);
      if (source > 0) row.nameSource = source;
    },
  },
  {
    name: 'resolved_name',
    of: (flows, flow) => flows.names[flows.resolvedName[flow] || flows.hostName[flows.destination[flow]]],
    take: (row, cell) => {
      row.resolvedName = cell;
    },
  },
  {
    name: 'resolved_name_source',
    of: (flows, flow) => {
      if (flows.resolvedName[flow] > 0) return 'from dns';
      return flows.hostName[flows.destination[flow]] > 0 ? 'capture' : '';
    },
    take: (row, cell) => {
      row.isHostName = cell === 'capture';
    },
  },
  text('ja4', 'ja4'),
  text('ja4s', 'ja4s'),
  ...['certificate_subject', 'certificate_issuer', 'certificate_alternative_name'].map((name, line): FlowField => ({
    name,
    of: (flows, flow) => flows.texts[flows.certificate[flow]].split('\n')[line] ?? '',
    take: (row, cell) => {
      row.certificate[line] = cell;
    },
  })),
  plain('src2dst_payload_bytes', 'payloadSent'),
  plain('dst2src_payload_bytes', 'payloadReceived'),
  plain('src2dst_ip_bytes', 'ipBytesSent'),
  plain('dst2src_ip_bytes', 'ipBytesReceived'),
  plain('begin', 'begin'),
  plain('first_piece_id', 'firstPiece'),
  plain('failed', 'failed'),
  plain('observed', 'observed'),
  plain('signs', 'signs'),
  text('request', 'request'),
];

/** Columns that hold text; all others hold whole numbers. */
export const TEXT_FIELDS: ReadonlySet<string> = new Set([
  'src_ip',
  'dst_ip',
  'application_name',
  'requested_server_name',
  'client_fingerprint',
  'server_fingerprint',
  'user_agent',
  'content_type',
  'requested_server_name_source',
  'resolved_name',
  'resolved_name_source',
  'ja4',
  'ja4s',
  'certificate_subject',
  'certificate_issuer',
  'certificate_alternative_name',
  'request',
]);

/** How programs write that a cell has no value. */
const MISSING = /^\s*(?:-|nan|none|null|na|n\/a|<na>|\(empty\))?\s*$/i;

/** Whether a cell has no value, whatever its writer put there. */
export function isMissing(cell: string): boolean {
  return cell.length <= 7 && MISSING.test(cell);
}

/** A table without these is none of flows. */
export const NEEDED_FIELDS = ['src_ip', 'dst_ip', 'dst_port', FIRST_SEEN];
/** A table with this one was written by `flowsCsv` or `flowsParquet`. */
export const OWN_FIELD = 'requested_server_name_source';

/** What is lost where a table lacks a column. */
const LOSSES: readonly { field: string; loss: string }[] = [
  { field: 'src_port', loss: 'source ports' },
  { field: 'protocol', loss: 'protocols' },
  { field: 'bidirectional_last_seen_ms', loss: 'ends of flows' },
  { field: 'src2dst_packets', loss: 'packets sent' },
  { field: 'src2dst_bytes', loss: 'bytes sent: sizes count as 0' },
  { field: 'dst2src_packets', loss: 'packets received' },
  { field: 'dst2src_bytes', loss: 'bytes received' },
  { field: 'requested_server_name', loss: 'names' },
  { field: 'application_name', loss: 'applications: they are guessed by ports' },
  { field: 'src2dst_payload_bytes', loss: 'bytes of payload: they are estimated from those of frames' },
  { field: 'src2dst_ip_bytes', loss: 'IP bytes: RITA and rhythm look at those of frames' },
  { field: 'begin', loss: 'which flows go on from a flow that a timeout cut' },
  { field: 'failed', loss: 'which connections never came about' },
  { field: 'signs', loss: 'what payloads show of who made a flow' },
];

/** What a table with these columns does not say of its flows. */
export function lossesOf(names: readonly string[]): string[] {
  return LOSSES.filter(({ field }) => !names.includes(field)).map(({ loss }) => loss);
}

/** What a table of NFStream says under a name of its own. */
const OTHER_FIELDS = [plain('application_is_guessed', 'applicationGuessed')];

/** Where the known columns of a table are. */
export function fieldsIn(names: readonly string[]): { field: FlowField; place: number }[] {
  return [...FLOW_FIELDS, ...OTHER_FIELDS]
    .map((field) => ({ field, place: names.indexOf(field.name) }))
    .filter(({ place }) => place >= 0);
}

function text(name: string, column: TraceKind): FlowField {
  return {
    name,
    of: (flows, flow) => flows.texts[flows[column][flow]],
    take: (row, cell) => {
      row[column] = cell;
    },
  };
}

function plain(name: string, column: PlainColumn, missing = 0): FlowField {
  return numeric(name, column, (flows, flow) => flows[column][flow], missing);
}

function numeric(
  name: string,
  column: PlainColumn | 'firstMs' | 'lastMs',
  of: FlowField['of'],
  missing = 0,
): FlowField {
  return {
    name,
    of,
    take: (row, cell) => {
      row[column] = cell === '' ? missing : numberIn(cell);
    },
  };
}

/** A number as programs and spreadsheets write it, also with a comma as decimal point; NaN where there is none. */
function numberIn(cell: string): number {
  return Number(cell.includes(',') ? cell.replace(',', '.') : cell);
}
