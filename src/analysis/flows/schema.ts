import { type ColumnsOf, field, type FieldText, type StoredColumn } from '../memory/schema.ts';
import type { AddressList } from '../net/address-list.ts';
import { APPLICATIONS } from '../protocols/application-ids.ts';
import { NAME_SOURCES } from './name-sources.ts';

/** What flows share: what numbers of columns lead to. */
export type FlowTexts = 'addresses' | 'names' | 'texts';

/** What a field's value is worked out of. */
export interface FlowView
  extends
    Readonly<Record<Exclude<FlowTexts, 'addresses'>, readonly string[]>>,
    Readonly<Record<'sinceMs' | 'durationMs' | 'source' | 'destination', ArrayLike<number>>>,
    Readonly<Record<'resolvedName' | 'hostName' | 'name' | 'certificate', ArrayLike<number>>> {
  originMs: number;
  readonly addresses: AddressList;
}

/** A field of a flow: how it is stored, what it says, and how it is written out. */
export interface FlowField extends StoredColumn, FieldText {
  /** What the stored numbers are places in: texts of the flows, or a list of the program. */
  texts?: FlowTexts | readonly string[];
  /** What is written out where that is not the stored number or its text. */
  value?: (flows: FlowView, flow: number) => number | string;
  /** Whether an inspector of payloads fills it; the meter fills all others. */
  isInspected?: boolean;
  /** What a table of flows without it does not say. */
  loss?: string;
}

/** Bytes of a name in NFStream's column: its last ones. */
const REQUESTED_NAME_LIMIT = 79;

/**
 * All that a flow has, in the order in which it is written out: NFStream's columns in its order and under its names,
 * then what it does not have and scores need; others read exports by place, so they only ever grow at their end. A new
 * column is an entry here and its value: types, constructors, rows of logs, CSV, Parquet and the tables of a fleet
 * follow from it.
 */
export const FLOW_SCHEMA = {
  conversation: internal(
    'u32',
    'Conversation',
    'Number of its 5-tuple (with VLAN and tunnel), the same for both directions; `NO_CONVERSATION` for a flow that no ' +
      'packet was seen of; without any packets there are no numbers',
  ),
  swapped: internal('u8', 'Swapped', '1 where its source is the higher end of its conversation'),
  through: internal(
    'to-u32',
    'Through',
    'The proxy that the flow goes to where its destination is whom that was asked for (the host is among `addresses` ' +
      'by its name): its address plus one; 0 for a flow that goes to its destination itself',
  ),
  throughPort: internal('u16', "Proxy's port", "That proxy's port"),
  sinceMs: internal('to-f64', 'Start', 'When its first packet came, counted from `originMs`'),
  durationMs: internal('to-f64', 'Duration', 'From its first packet to the last, in milliseconds'),
  certificate: {
    ...internal(
      'u32',
      'Certificate',
      "The server's, where it was sent in the clear: subject, issuer and first alternative name, a line each",
    ),
    texts: 'texts',
    isInspected: true,
  },

  id: { ...field('none', 'id', 'number', 'Id', 'Its place in the order of emission'), value: (_, flow) => flow },
  expirationId: field('u8', 'expiration_id', 'code', 'Ended', '0 idle or end of capture, 1 active timeout'),
  source: { ...field('to-u32', 'src_ip', 'text', 'Source', 'Address that sent its first packet'), texts: 'addresses' },
  sourcePort: { ...field('u16', 'src_port', 'number', 'Source port', "The source's port"), loss: 'source ports' },
  destination: {
    ...field('to-u32', 'dst_ip', 'text', 'Destination', 'Address that its first packet went to'),
    texts: 'addresses',
  },
  destinationPort: field('u16', 'dst_port', 'number', 'Port', "The destination's port"),
  protocol: {
    ...field('u8', 'protocol', 'number', 'Protocol', 'The IP protocol, as its number'),
    loss: 'protocols',
  },
  ipVersion: {
    ...field('none', 'ip_version', 'number', 'IP version', '4 or 6'),
    value: ({ addresses, source }, flow) => (addresses.text(source[flow]).includes(':') ? 6 : 4),
  },
  vlanId: field('u16', 'vlan_id', 'number', 'VLAN', 'Number of its VLAN, 0 without one'),
  tunnelId: field('u8', 'tunnel_id', 'number', 'Tunnel', 'Which kind of tunnel its packets came in, 0 for none'),
  firstSeenMs: {
    ...field('none', 'bidirectional_first_seen_ms', 'time', 'First seen', 'When its first packet came'),
    value: ({ originMs, sinceMs }, flow) => originMs + sinceMs[flow],
  },
  lastSeenMs: {
    ...field('none', 'bidirectional_last_seen_ms', 'time', 'Last seen', 'When its last packet came'),
    value: ({ originMs, sinceMs, durationMs }, flow) => originMs + sinceMs[flow] + durationMs[flow],
    loss: 'ends of flows',
  },
  packetsSent: {
    ...field('to-u32', 'src2dst_packets', 'packets', 'Packets sent', 'Packets from source to destination'),
    loss: 'packets sent',
  },
  bytesSent: {
    ...field('to-f64', 'src2dst_bytes', 'bytes', 'Bytes sent', 'Bytes of whole frames from source to destination'),
    loss: 'bytes sent: sizes count as 0',
  },
  packetsReceived: {
    ...field('to-u32', 'dst2src_packets', 'packets', 'Packets received', 'Packets back to the source'),
    loss: 'packets received',
  },
  bytesReceived: {
    ...field('to-f64', 'dst2src_bytes', 'bytes', 'Bytes received', 'Bytes of whole frames back to the source'),
    loss: 'bytes received',
  },
  application: {
    ...field('u8', 'application_name', 'text', 'Application', 'What it speaks, by its content or its ports'),
    texts: APPLICATIONS,
    isInspected: true,
    loss: 'applications: they are guessed by ports',
  },
  name: {
    ...field('u32', 'requested_server_name', 'text', 'Name', 'What the flow itself calls its destination'),
    texts: 'names',
    value: ({ names, name }, flow) => names[name[flow]].slice(-REQUESTED_NAME_LIMIT),
    isInspected: true,
    loss: 'names',
  },
  clientFingerprint: said('client_fingerprint', 'Client', "The client's JA3 (TLS, QUIC), HASSH (SSH) or DHCP options"),
  serverFingerprint: said('server_fingerprint', 'Server', "The server's JA3S (TLS, QUIC) or HASSH (SSH)"),
  userAgent: said('user_agent', 'User-Agent', 'That header of its first request of HTTP'),
  contentType: said('content_type', 'Content-Type', 'The media type of the first response of HTTP'),
  applicationGuessed: {
    ...field('u8', 'application_guessed', 'code', 'Guessed', '1 where only the ports suggest the application'),
    isInspected: true,
  },
  nameSource: {
    ...field('u8', 'requested_server_name_source', 'text', 'Name from', 'Where its name was read'),
    texts: NAME_SOURCES,
    isInspected: true,
  },
  resolvedName: {
    ...field(
      'u32',
      'resolved_name',
      'text',
      'Resolved name',
      "What the source last resolved to the destination before the flow began, or what a capture's name blocks call it",
    ),
    texts: 'names',
    value: ({ names, resolvedName, hostName, destination }, flow) =>
      names[resolvedName[flow] || hostName[destination[flow]]],
    isInspected: true,
  },
  resolvedNameSource: {
    ...field('none', 'resolved_name_source', 'text', 'Resolved by', 'Where the resolved name is known from'),
    value: ({ resolvedName, hostName, destination }, flow) =>
      resolvedName[flow] > 0 ? 'from dns' : hostName[destination[flow]] > 0 ? 'capture' : '',
  },
  ja4: said('ja4', 'JA4', "The client's, of TLS and QUIC"),
  ja4s: said('ja4s', 'JA4S', "The server's, of TLS and QUIC"),
  certificateSubject: certificateLine(0, 'certificate_subject', 'Subject', "Whom the server's certificate is for"),
  certificateIssuer: certificateLine(1, 'certificate_issuer', 'Issuer', "Who issued the server's certificate"),
  certificateAlternativeName: certificateLine(
    2,
    'certificate_alternative_name',
    'Alternative name',
    "The certificate's first alternative name",
  ),
  payloadSent: {
    ...field(
      'to-f64',
      'src2dst_payload_bytes',
      'bytes',
      'Payload sent',
      'Transport payload on the wire from the source, by the headers; retransmissions count',
    ),
    loss: 'bytes of payload: they are estimated from those of frames',
  },
  payloadReceived: field('to-f64', 'dst2src_payload_bytes', 'bytes', 'Payload received', 'The same back to the source'),
  ipBytesSent: {
    ...field(
      'to-f64',
      'src2dst_ip_bytes',
      'bytes',
      'IP bytes sent',
      'IP packets with their headers, link-layer headers and padding left out',
    ),
    loss: 'IP bytes: RITA and rhythm look at those of frames',
  },
  ipBytesReceived: field('to-f64', 'dst2src_ip_bytes', 'bytes', 'IP bytes received', 'The same back to the source'),
  begin: {
    ...field('u8', 'begin', 'code', 'Begin', '`FRESH`, `CONTINUED` or `RESUMED`'),
    loss: 'which flows go on from a flow that a timeout cut',
  },
  firstPiece: field(
    'u32',
    'first_piece_id',
    'number',
    'First piece',
    'The flow that the active timeout cut first where a flow is `CONTINUED`; of no meaning for others',
  ),
  failed: {
    ...field(
      'u8',
      'failed',
      'code',
      'Failed',
      '1 for a TCP connection that never came about: its SYN got no answer, or a reset and nothing else, and its source ' +
        'sent no acknowledgment and no data after it',
    ),
    loss: 'which connections never came about',
  },
  observed: field(
    'u16',
    'observed',
    'code',
    'Observed',
    'Bits of `OBSERVED`: what could be seen of the flow, so that what is missing says something',
  ),
  signs: {
    ...field('u16', 'signs', 'code', 'Signs', 'Bits of `SIGNS`: what its payloads show of who made it'),
    isInspected: true,
    loss: 'what payloads show of who made a flow',
  },
  request: {
    ...field(
      'u32',
      'request',
      'text',
      'Request',
      'Method, target and status of its first request of HTTP, which logs alone say ("GET /news.php 200")',
    ),
    texts: 'texts',
  },
} as const satisfies Record<string, FlowField>;

type FlowSchema = typeof FLOW_SCHEMA;
export type FlowFieldName = keyof FlowSchema;
/** Columns that have one number for each flow. */
export type FlowColumn = keyof ColumnsOf<FlowSchema>;
/** Columns that are stored as they are written out: what a row of a log has, too. */
export type WrittenColumn = {
  [Column in FlowColumn]: FlowSchema[Column]['name'] extends '' ? never : Column;
}[FlowColumn];
/** Columns whose numbers lead to texts of the flows. */
export type TextColumnName = {
  [Column in FlowColumn]: FlowSchema[Column] extends { texts: FlowTexts } ? Column : never;
}[FlowColumn];
/** Columns that an inspector of payloads fills. */
export type InspectedColumn = {
  [Column in FlowColumn]: FlowSchema[Column] extends { isInspected: true } ? Column : never;
}[FlowColumn];

/** A column that serves the program and is no export's. */
function internal<Type extends StoredColumn['type']>(type: Type, title: string, meaning: string) {
  return field(type, '', 'code', title, meaning);
}

/** A text that a flow's first packets say. */
function said(name: string, title: string, meaning: string) {
  return { ...field('u32', name, 'text', title, meaning), texts: 'texts', isInspected: true } as const;
}

function certificateLine(line: number, name: string, title: string, meaning: string) {
  return {
    ...field('none', name, 'text', title, meaning),
    value: ({ texts, certificate }: FlowView, flow: number) => texts[certificate[flow]].split('\n')[line] ?? '',
  };
}
