import { isCarried, NAME_SOURCES } from '../flows/name-sources.ts';
import { type ColumnsOf, field, type FieldText, type StoredColumn } from '../memory/schema.ts';

/**
 * Bins of the histogram in every row: five a decade from 1 ms to 10^8 ms (28 hours); the ends take what lies outside.
 */
export const ROW_BINS = 40;

/** Slices of the capture's span in the strip of every row. */
export const SEEN_SLICES = 60;

/** What a field's value is worked out of: the columns, and the texts that they number. */
export interface ConnectionView {
  table: Readonly<
    Record<'source' | 'destination' | 'name' | 'nameSource' | 'through' | 'throughPort', ArrayLike<number>>
  >;
  addresses: readonly string[];
  names: readonly string[];
}

/** A field of a connection: how it is stored, what it says, and its value where that is not the stored number. */
export interface ConnectionField extends StoredColumn, FieldText {
  /** Null where there is none. */
  value?: (view: ConnectionView, row: number) => string | number | null;
}

/**
 * All that a connection has besides its scores, in the order of the exports. A new column is an entry here and its
 * value in `table.ts`: types, constructors, CSV, JSON, Parquet, report, terminal and page follow from it.
 */
export const CONNECTION_SCHEMA = {
  group: internal('u32', 'Group', 'Number of the group of flows among all groups, from 0, listed or not'),
  source: {
    ...field('u32', 'src_ip', 'text', 'Source', "The flows' source address"),
    value: ({ table, addresses }, row) => addresses[table.source[row]],
  },
  destination: {
    ...field('u32', 'dst_ip', 'text', 'Destination', 'The address that most flows go to'),
    value: ({ table, addresses }, row) => addresses[table.destination[row]],
  },
  destinationPort: field('u16', 'dst_port', 'number', 'Port', 'The destination port of most flows'),
  protocol: field('u8', 'protocol', 'number', 'Protocol', 'The IP protocol of most flows, as its number'),
  otherProtocols: count('u8', 'other_protocols', 'Other protocols', 'How many other IP protocols its flows have'),
  otherDestinations: count(
    'u32',
    'other_dst_ips',
    'Other destinations',
    'How many other addresses its flows go to: none but where flows are grouped by name',
  ),
  otherPorts: count(
    'u32',
    'other_dst_ports',
    'Other ports',
    'How many other ports its flows go to: none where flows are grouped by port',
  ),
  through: {
    ...field('u32', 'through_ip', 'text', 'Through', 'The proxy that most of its flows go through, none as a rule'),
    value: ({ table, addresses }, row) => (table.through[row] === 0 ? null : addresses[table.through[row] - 1]),
  },
  throughPort: {
    ...field('u16', 'through_port', 'number', "Proxy's port", "That proxy's port"),
    value: ({ table }, row) => (table.through[row] === 0 ? null : table.throughPort[row]),
  },
  name: {
    ...field('u32', 'requested_server_name', 'text', 'Name', 'The name that most of its flows carry'),
    value: (view, row) => (isCarried(view.table.nameSource[row]) ? nameOf(view, row) : null),
  },
  nameSource: {
    ...field('u8', 'requested_server_name_source', 'text', 'Name from', 'Where that name was read'),
    value: (view, row) => (isCarried(view.table.nameSource[row]) ? nameSourceOf(view, row) : null),
  },
  resolvedName: {
    ...field('none', 'resolved_name', 'text', 'Known as', 'What the destination is known as where no flow names it'),
    value: (view, row) => (isCarried(view.table.nameSource[row]) ? null : nameOf(view, row)),
  },
  resolvedNameSource: {
    ...field('none', 'resolved_name_source', 'text', 'Known from', 'Where that is known from'),
    value: (view, row) => (isCarried(view.table.nameSource[row]) ? null : nameSourceOf(view, row)),
  },
  otherNames: count('u32', 'other_server_names', 'Other names', 'How many other names its flows carry'),
  firstSeenMs: field('f64', 'bidirectional_first_seen_ms', 'time', 'First seen', 'Start of its first flow'),
  lastSeenMs: field('f64', 'bidirectional_last_seen_ms', 'time', 'Last seen', 'End of its last flow'),
  packetsSent: field('f64', 'src2dst_packets', 'packets', 'Packets sent', 'Packets from source to destination'),
  bytesSent: field('f64', 'src2dst_bytes', 'bytes', 'Bytes sent', 'Bytes on the wire from source to destination'),
  packetsReceived: field('f64', 'dst2src_packets', 'packets', 'Packets received', 'Packets back to the source'),
  bytesReceived: field('f64', 'dst2src_bytes', 'bytes', 'Bytes received', 'Bytes on the wire back to the source'),
  medianDeltaMs: field(
    'f64',
    'median_delta_ms',
    'ms',
    'Median delta',
    'Median of the times between the starts of its flows; none with fewer than two flows',
  ),
  failedFlows: count('u32', 'failed_flows', 'Failed flows', 'Flows that are TCP connections which never came about'),
  resumedFlows: count('u32', 'resumed_flows', 'Resumed flows', 'Flows that resume a TCP connection after a silence'),
  continuedFlows: count('u32', 'continued_flows', 'Continued flows', 'Flows that only go on after the active timeout'),
  flows: count('u32', 'ConnectionCount', 'Flows', 'How many flows it has'),
  sorts: internal('u8', 'Sorts', 'What holds for all of its flows, as bits of `SORT_BITS`'),
  deltaHistogram: {
    ...internal('u32', 'Deltas', 'How many deltas lie in each of `ROW_BINS` bins'),
    perRow: ROW_BINS,
  },
  seen: {
    ...internal('u8', 'Seen', "How many flows start in each of `SEEN_SLICES` slices of the report's span; 255 is more"),
    perRow: SEEN_SLICES,
  },
  pieces: internal('u32', 'Pieces', 'How many flows the sessions are in that a timeout cut'),
  piecedSessions: internal('u32', 'Cut sessions', 'How many of its sessions a timeout cut into several flows'),
} as const satisfies Record<string, ConnectionField>;

/**
 * Connections as columns, in the order pandas groups them: by source and destination address as text, then by port.
 * A connection is all flows that share what `Settings.grouping` says, at first one (source address, destination
 * address, destination port).
 */
export type ConnectionColumns = ColumnsOf<typeof CONNECTION_SCHEMA>;

/** The value of a field for a connection; null where there is none. */
export function fieldValue(
  column: keyof typeof CONNECTION_SCHEMA,
  view: ConnectionView & { table: ConnectionColumns },
  row: number,
): string | number | null {
  const { value }: ConnectionField = CONNECTION_SCHEMA[column];
  if (value !== undefined) return value(view, row);
  const number = view.table[column as keyof ConnectionColumns][row];
  return Number.isNaN(number) ? null : number;
}

function nameOf({ table, names }: ConnectionView, row: number): string | null {
  return table.name[row] === 0 ? null : names[table.name[row]];
}

function nameSourceOf({ table }: ConnectionView, row: number): string | null {
  return table.name[row] === 0 ? null : NAME_SOURCES[table.nameSource[row]];
}

function count<Type extends StoredColumn['type']>(type: Type, name: string, title: string, meaning: string) {
  return field(type, name, 'count', title, meaning);
}

/** A column that serves the program and is no export's. */
function internal<Type extends StoredColumn['type']>(type: Type, title: string, meaning: string) {
  return field(type, '', 'code', title, meaning);
}
