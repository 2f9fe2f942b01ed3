import type { LocalRows } from '../../analysis/flow-logs/local-ends.ts';
import { MergedFlows } from '../../analysis/connections/merged-flows.ts';
import { firstMsOf, type FlowColumns } from '../../analysis/flows/columns.ts';
import { nativeBlock, numberColumn, textColumn, type WrittenColumn } from '../engine/native-write.ts';
import { HOST_NAME, NUMBER_FIELDS, TEXT_FIELDS, THROUGH } from '../schema/flow-columns.ts';

/** Where rows stand: in which file, and how many of its blocks and rows came before. */
export interface BlockPlace {
  file: number;
  block: number;
  row: number;
}

/** Writes flows as blocks for the table of flows. */
export class BlockWriter {
  private readonly flows: FlowColumns;
  private readonly joinedBytes: MergedFlows['bytesSent'];
  /** Texts of addresses, and those by what `through` has of them, their numbers plus one. */
  private readonly addresses: readonly string[];
  private readonly proxies: readonly string[];

  constructor(flows: FlowColumns) {
    this.flows = flows;
    this.joinedBytes = new MergedFlows(flows).bytesSent;
    this.addresses = flows.addresses.texts();
    this.proxies = ['', ...this.addresses];
  }

  /** The flows from `start` up to, not including, `end`. */
  write(start: number, end: number, { file, block, row }: BlockPlace): Uint8Array {
    const { flows } = this;
    const rows = end - start;
    const every = (value: number): number[] => Array.from({ length: rows }, () => value);
    const times = Float64Array.from({ length: rows }, (_, index) => firstMsOf(flows, start + index));
    const places = Uint32Array.from({ length: rows }, (_, index) => row + index);
    const columns: WrittenColumn[] = [
      numberColumn('file', 'UInt64', every(file)),
      numberColumn('block', 'UInt32', every(block)),
      numberColumn('row', 'UInt32', places),
      numberColumn('first_seen_ms', 'UInt64', times),
      numberColumn('joined_ip_bytes', 'UInt64', this.joinedBytes.subarray(start, end)),
      ...NUMBER_FIELDS.map(({ column, name, type }) => numberColumn(name, type, flows[column].subarray(start, end))),
      ...TEXT_FIELDS.map(({ column, name, pool }) => {
        return textColumn(name, flows[column].subarray(start, end), this.textsOf(pool));
      }),
      textColumn(HOST_NAME, this.hostNames(start, end), flows.names),
      textColumn(THROUGH, flows.through.subarray(start, end), this.proxies),
    ];
    return nativeBlock(rows, columns);
  }

  private textsOf(pool: (typeof TEXT_FIELDS)[number]['pool']): readonly string[] {
    if (pool === 'addresses') return this.addresses;
    return typeof pool === 'string' ? this.flows[pool] : pool;
  }

  private hostNames(start: number, end: number): Uint32Array {
    const { destination, hostName } = this.flows;
    return Uint32Array.from({ length: end - start }, (_, index) => hostName[destination[start + index]]);
  }
}

/** Columns of a block in its order. */
export const BLOCK_COLUMNS: readonly string[] = [
  'file',
  'block',
  'row',
  'first_seen_ms',
  'joined_ip_bytes',
  ...NUMBER_FIELDS.map(({ name }) => name),
  ...TEXT_FIELDS.map(({ name }) => name),
  HOST_NAME,
  THROUGH,
];

/** Columns of a block of what rows say of local addresses, in its order. */
export const LOCAL_COLUMNS: readonly string[] = ['file', 'address', 'said_local', 'said_remote'];

/** Which addresses rows of a file call local, as a block for the table of that. */
export function localBlock(file: number, localRows: readonly LocalRows[]): Uint8Array {
  const numbers = (values: number[]) => values.map((value) => Math.max(0, value));
  const rows = localRows.map(({ rows: count }) => count);
  return nativeBlock(localRows.length, [
    numberColumn(
      'file',
      'UInt64',
      localRows.map(() => file),
    ),
    textColumn(
      'address',
      localRows.map((_, place) => place),
      localRows.map(({ address }) => address),
    ),
    numberColumn('said_local', 'UInt32', numbers(rows)),
    numberColumn('said_remote', 'UInt32', numbers(rows.map((count) => -count))),
  ]);
}
