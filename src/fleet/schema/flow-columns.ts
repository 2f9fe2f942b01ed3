import { APPLICATIONS } from '../../analysis/protocols/application-ids.ts';
import type { FlowColumns } from '../../analysis/flows/columns.ts';
import { NAME_SOURCES } from '../../analysis/flows/name-sources.ts';
import type { ColumnNumbers, ColumnType } from '../engine/native-write.ts';

/** Names of columns of `FlowColumns` that hold what `Of` is, one value a flow. */
type Named<Of> = {
  [Column in keyof FlowColumns]: FlowColumns[Column] extends Of ? Column : never;
}[keyof FlowColumns];

/** A column of numbers as it stands in the table of flows: under NFStream's name where NFStream has it. */
export interface NumberField {
  column: Exclude<Named<ColumnNumbers>, 'hostName'>;
  name: string;
  type: Exclude<ColumnType, 'String'>;
}

/** A column of texts: `FlowColumns` has numbers of them. Those of `codes` stand in a list of the program. */
export interface TextField {
  column: Exclude<Named<ColumnNumbers>, 'hostName'>;
  name: string;
  pool: 'addresses' | 'names' | 'texts' | readonly string[];
}

const number = (column: NumberField['column'], name: string, type: NumberField['type']): NumberField => ({
  column,
  name,
  type,
});
const text = (column: TextField['column'], name: string, pool: TextField['pool']): TextField => ({
  column,
  name,
  pool,
});

export const NUMBER_FIELDS: readonly NumberField[] = [
  number('sourcePort', 'src_port', 'UInt16'),
  number('destinationPort', 'dst_port', 'UInt16'),
  number('protocol', 'protocol', 'UInt8'),
  number('vlanId', 'vlan_id', 'UInt16'),
  number('tunnelId', 'tunnel_id', 'UInt8'),
  number('durationMs', 'duration_ms', 'UInt64'),
  number('packetsSent', 'src2dst_packets', 'UInt32'),
  number('packetsReceived', 'dst2src_packets', 'UInt32'),
  number('bytesSent', 'src2dst_bytes', 'UInt64'),
  number('bytesReceived', 'dst2src_bytes', 'UInt64'),
  number('payloadSent', 'src2dst_payload_bytes', 'UInt64'),
  number('payloadReceived', 'dst2src_payload_bytes', 'UInt64'),
  number('ipBytesSent', 'src2dst_ip_bytes', 'UInt64'),
  number('ipBytesReceived', 'dst2src_ip_bytes', 'UInt64'),
  number('expirationId', 'expiration_id', 'UInt8'),
  number('begin', 'begin', 'UInt8'),
  number('failed', 'failed', 'UInt8'),
  number('observed', 'observed', 'UInt16'),
  number('signs', 'signs', 'UInt16'),
  number('applicationGuessed', 'application_guessed', 'UInt8'),
];

export const TEXT_FIELDS: readonly TextField[] = [
  text('source', 'src_ip', 'addresses'),
  text('destination', 'dst_ip', 'addresses'),
  text('application', 'application_name', APPLICATIONS),
  text('name', 'requested_server_name', 'names'),
  text('nameSource', 'requested_server_name_source', NAME_SOURCES),
  text('resolvedName', 'resolved_name', 'names'),
  text('certificate', 'certificate', 'texts'),
  text('clientFingerprint', 'client_fingerprint', 'texts'),
  text('serverFingerprint', 'server_fingerprint', 'texts'),
  text('ja4', 'ja4', 'texts'),
  text('ja4s', 'ja4s', 'texts'),
  text('userAgent', 'user_agent', 'texts'),
  text('contentType', 'content_type', 'texts'),
];

/** Texts that few different ones of fill a column: ClickHouse keeps each once a part. */
export const REPEATED: ReadonlySet<string> = new Set([
  'application_name',
  'requested_server_name_source',
  'client_fingerprint',
  'server_fingerprint',
  'ja4',
  'ja4s',
  'user_agent',
  'content_type',
  'certificate',
]);

/**
 * What a flow's row has beside those: the file it came from and its place in it, when it began in milliseconds since
 * 1970, what a capture's own name blocks call its destination, and the IP bytes that it sent in all its pieces, which
 * may lie in a flow of the other direction (see `SeenThrough`).
 */
export const OWN_FIELDS = [
  { name: 'file', type: 'UInt64' },
  { name: 'block', type: 'UInt32' },
  { name: 'row', type: 'UInt32' },
  { name: 'first_seen_ms', type: 'UInt64' },
  { name: 'joined_ip_bytes', type: 'UInt64' },
] as const;
export const HOST_NAME = 'host_name';

/**
 * Columns of `FlowColumns` that are not kept as they are: what they tell is in `OWN_FIELDS`, or only packets have it, or
 * nothing that a hunt counts asks for it. A flow through a proxy is kept as one to the proxy.
 */
export const DERIVED_COLUMNS: readonly string[] = [
  'sinceMs',
  'firstPiece',
  'conversation',
  'swapped',
  'hostName',
  'request',
  'through',
  'throughPort',
];
