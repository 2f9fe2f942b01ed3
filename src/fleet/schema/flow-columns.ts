import { FLOW_COLUMNS } from '../../analysis/flows/columns.ts';
import { FLOW_SCHEMA, type FlowColumn, type FlowField, type FlowTexts } from '../../analysis/flows/schema.ts';
import type { ColumnType } from '../engine/native-write.ts';

/** A column of numbers as it stands in the table of flows: under the name of exports where they have it. */
export interface NumberField {
  column: FlowColumn;
  name: string;
  type: Exclude<ColumnType, 'String'>;
}

/** A column of texts: `FlowColumns` has numbers of them, some of a list of the program. */
export interface TextField {
  column: FlowColumn;
  name: string;
  pool: FlowTexts | readonly string[];
}

/**
 * Columns of `FlowColumns` that are not kept as they are: what they tell is in `OWN_FIELDS`, or only packets have it, or
 * nothing that a hunt counts asks for it.
 */
const DERIVED_COLUMNS: ReadonlySet<FlowColumn> = new Set([
  'sinceMs',
  'firstPiece',
  'conversation',
  'swapped',
  'request',
  'through',
]);

/** Names of columns that no export has. */
const OWN_NAMES: Partial<Record<FlowColumn, string>> = {
  durationMs: 'duration_ms',
  certificate: 'certificate',
  throughPort: 'through_port',
};

const TYPES = {
  u8: 'UInt8',
  u16: 'UInt16',
  u32: 'UInt32',
  'to-u32': 'UInt32',
  'to-f64': 'UInt64',
} as const;

const KEPT = FLOW_COLUMNS.filter((column) => !DERIVED_COLUMNS.has(column)).map((column) => {
  const { name, texts: pool }: FlowField = FLOW_SCHEMA[column];
  return { column, name: OWN_NAMES[column] ?? name, type: TYPES[FLOW_SCHEMA[column].type], pool };
});

export const NUMBER_FIELDS: readonly NumberField[] = KEPT.filter(({ pool }) => pool === undefined);
export const TEXT_FIELDS: readonly TextField[] = KEPT.flatMap(({ column, name, pool }) =>
  pool === undefined ? [] : [{ column, name, pool }],
);

/** Texts that few different ones of fill a column, all but addresses and names: ClickHouse keeps each once a part. */
export const REPEATED: ReadonlySet<string> = new Set(
  TEXT_FIELDS.filter(({ pool }) => pool !== 'addresses' && pool !== 'names').map(({ name }) => name),
);

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
/** The address of the proxy that a flow goes through to its destination, which may be a name then; '' for none. */
export const THROUGH = 'through_ip';
