import { type ColumnsOf, columnNames, createColumns, storedNames } from '../memory/schema.ts';
import { AddressList } from '../net/address-list.ts';
import { FLOW_SCHEMA, type FlowColumn, type FlowField, type FlowFieldName } from './schema.ts';

/** How a flow began; what `FlowColumns.begin` stores. */
export const FRESH = 0;
/** It goes on where the active timeout cut the flow before it. */
export const CONTINUED = 1;
/** A TCP connection that went on without a handshake after the idle timeout had cut it. */
export const RESUMED = 2;

/** The conversation of flows that came as a log's row. */
export const NO_CONVERSATION = 0xffff_ffff;

/** Whether a flow came as a log's row: no packet of it was seen. */
export function isLogged({ conversation }: FlowColumns, flow: number): boolean {
  return conversation.length === 0 || conversation[flow] === NO_CONVERSATION;
}

/**
 * Flows as columns of equal length (see `FLOW_SCHEMA`), in the order the meter emitted them: an index is NFStream's flow
 * id. Times are milliseconds since 1970, bytes are wire bytes of whole frames.
 */
export interface FlowColumns extends ColumnsOf<typeof FLOW_SCHEMA> {
  length: number;
  /** What `sinceMs` is counted from, in milliseconds since 1970. */
  originMs: number;
  /** Distinct addresses, and hosts that proxies were asked for by name. */
  addresses: AddressList;
  /** Distinct names; the first is '', which stands for no name. */
  names: string[];
  /** By address: index into `names` of the name that a capture's own name blocks give it, 0 for none. */
  hostName: Uint32Array;
  /** Distinct texts of packets; the first is '', which stands for nothing. */
  texts: string[];
}

/** The columns that have one number for each flow. */
export const FLOW_COLUMNS: readonly FlowColumn[] = storedNames(FLOW_SCHEMA);

/** Those of them that number what packets say: a flood says nothing. */
const SAID_COLUMNS = FLOW_COLUMNS.filter((column) => {
  const { type, isInspected }: FlowField = FLOW_SCHEMA[column];
  return type === 'u32' && isInspected === true;
});

/** When a flow's first packet came. */
export const firstMsOf = FLOW_SCHEMA.firstSeenMs.value;
/** When a flow's last packet came. */
export const lastMsOf = FLOW_SCHEMA.lastSeenMs.value;

/** When the first of some flows began, in milliseconds since 1970; Infinity for none. */
export function earliestMs(flows: FlowColumns, members: Uint32Array): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const flow of members) earliest = Math.min(earliest, firstMsOf(flows, flow));
  return earliest;
}

/** Columns of what packets say, for flows of which none is looked into: one for all. */
export function unsaidColumns(length: number): Partial<ColumnsOf<typeof FLOW_SCHEMA>> {
  const nothing = new Uint32Array(length);
  return Object.fromEntries(SAID_COLUMNS.map((column) => [column, nothing]));
}

/**
 * Columns for `length` flows, all 0, without an address; the only name and the only text are ''.
 *
 * @param made columns that are there already
 */
export function emptyColumns(length: number, made: Partial<ColumnsOf<typeof FLOW_SCHEMA>> = {}): FlowColumns {
  const missing = Object.fromEntries(Object.entries(FLOW_SCHEMA).filter(([name]) => !(name in made)));
  return {
    ...(createColumns(missing, length) as ColumnsOf<typeof FLOW_SCHEMA>),
    ...made,
    length,
    originMs: 0,
    addresses: AddressList.of([]),
    names: [''],
    hostName: new Uint32Array(0),
    texts: [''],
  };
}

/**
 * The columns of some flows, given in ascending order; what is kept by address and by text is shared. `targetOf` gives
 * the array that a column's values are moved into, as long as there are flows: the column's own beginning will do.
 * Columns that are one array stay one, as bytes and IP bytes of some logs are.
 */
export function selectFlows(
  flows: FlowColumns,
  ids: Uint32Array,
  targetOf: (column: Uint32Array, length: number) => Uint32Array,
): FlowColumns {
  const selected = new Map<Uint32Array, Uint32Array>();
  const columns = FLOW_COLUMNS.map((name) => {
    const from = flows[name] as Uint32Array;
    if (!selected.has(from)) {
      const target = targetOf(from, ids.length);
      // A column may be empty: there is nothing to say of any flow.
      if (from.length > 0) for (let place = 0; place < ids.length; place++) target[place] = from[ids[place]];
      selected.set(from, target);
    }
    return [name, selected.get(from)];
  });
  return { ...flows, ...(Object.fromEntries(columns) as ColumnsOf<typeof FLOW_SCHEMA>), length: ids.length };
}

/** What is written out of flows, in the order of exports. */
export const FLOW_FIELDS = columnNames(FLOW_SCHEMA)
  .filter((column) => FLOW_SCHEMA[column].name !== '')
  .map((column) => {
    const { name, unit, loss }: FlowField = FLOW_SCHEMA[column];
    return { column, name, unit, loss, of: writerOf(column) };
  });

/** How a field of a flow is written out. */
function writerOf(column: FlowFieldName): (flows: FlowColumns, flow: number) => number | string {
  const { value, texts }: FlowField = FLOW_SCHEMA[column];
  if (value !== undefined) return value;
  const stored = column as FlowColumn;
  if (texts === undefined) return (flows, flow) => flows[stored][flow];
  if (texts === 'addresses') return (flows, flow) => flows.addresses.text(flows[stored][flow]);
  if (typeof texts === 'string') return (flows, flow) => flows[texts][flows[stored][flow]];
  return (flows, flow) => texts[flows[stored][flow]];
}
