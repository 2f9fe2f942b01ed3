import { AddressTable } from '../flows/addresses.ts';
import { parseAddress, parsedWords } from '../flows/address-parse.ts';
import { CONTINUED, type FlowColumns } from '../flows/columns.ts';
import { nameOfText } from '../names/text.ts';
import { type FlowRow, rowFault } from './flow-row.ts';
import { GrowingColumn, type NumberArray } from './growing-column.ts';
import { hashedKey, NameJoin } from './name-join.ts';

/** The columns of `FlowColumns` that have one number for each flow. */
type RowColumn = {
  [Column in keyof FlowColumns]: FlowColumns[Column] extends NumberArray ? Column : never;
}[Exclude<keyof FlowColumns, 'hostName'>];

const bytes = (length: number): Uint8Array => new Uint8Array(length);
const shorts = (length: number): Uint16Array => new Uint16Array(length);
const words = (length: number): Uint32Array => new Uint32Array(length);
const doubles = (length: number): Float64Array => new Float64Array(length);

/** How each column is made; the compiler asks for every one. Byte counts are widened where one needs it. */
const MAKERS: { readonly [Column in RowColumn]: (length: number) => FlowColumns[Column] } = {
  source: words,
  destination: words,
  sourcePort: shorts,
  destinationPort: shorts,
  protocol: bytes,
  ipVersion: bytes,
  vlanId: shorts,
  tunnelId: bytes,
  firstMs: doubles,
  lastMs: doubles,
  packetsSent: words,
  packetsReceived: words,
  bytesSent: words,
  bytesReceived: words,
  payloadSent: words,
  payloadReceived: words,
  ipBytesSent: words,
  ipBytesReceived: words,
  expirationId: bytes,
  begin: bytes,
  firstPiece: words,
  failed: bytes,
  name: words,
  nameSource: bytes,
};
const ROW_COLUMNS = Object.keys(MAKERS) as RowColumn[];
/** Numbers that a row of a log gives as they are. */
const PLAIN_COLUMNS = [
  'sourcePort', 'destinationPort', 'protocol', 'vlanId', 'tunnelId', 'firstMs', 'lastMs', 'packetsSent', 'packetsReceived',
  'bytesSent', 'bytesReceived', 'payloadSent', 'payloadReceived', 'expirationId', 'begin', 'failed', 'nameSource',
] as const satisfies readonly (RowColumn & keyof FlowRow)[];

const FIRST_ROOM = 1 << 17;
const MOST_EXPECTED = 1 << 27;
/** Lines further on may be shorter than those that an estimate goes by. */
const MARGIN = 1.03;

/** Gathers flows that logs have, row by row, and those of packets, into one set of columns. */
export class FlowBuilder {
  readonly joined = new NameJoin();
  length = 0;
  private readonly keepsKeys: boolean;
  /** Rows that columns have room for, and rows that there will be as far as can be told. */
  private room = FIRST_ROOM;
  private expected = 0;
  private readonly addresses = new AddressTable();
  private readonly columns = Object.fromEntries(
    ROW_COLUMNS.map((column) => [column, new GrowingColumn(MAKERS[column], MAKERS[column] === words ? doubles : MAKERS[column])]),
  ) as Record<RowColumn, GrowingColumn>;
  /** Whether IP bytes are others than the bytes of frames: logs that count one kind have the other no second time. */
  private ipBytesDiffer = false;
  private readonly keyHigh = new GrowingColumn(words);
  private readonly keyLow = new GrowingColumn(words);
  private readonly names = [''];
  private readonly nameIndexes = new Map([['', 0]]);

  /** @param keepsKeys whether names may come that have to be joined with flows by their keys */
  constructor(keepsKeys = true) {
    this.keepsKeys = keepsKeys;
  }

  /** Says how many rows there will be in all, by what was read so far: room is made once, where it is right. */
  expect(rows: number): void {
    this.expected = Math.min(rows, MOST_EXPECTED);
  }

  /** Takes a row of a log. Returns what is wrong with it, in which case it is left out, or null. */
  add(row: FlowRow): string | null {
    const source = this.addressOf(row.source);
    if (source < 0) return 'the source is no IP address';
    const ipVersion = parseAddress(row.source);
    const destination = this.addressOf(row.destination);
    if (destination < 0) return 'the destination is no IP address';
    const fault = rowFault(row);
    if (fault !== null) return fault;
    const flow = this.length++;
    this.makeRoom(this.length);
    const { columns, room } = this;
    for (const column of PLAIN_COLUMNS) columns[column].set(flow, row[column], room);
    columns.source.set(flow, source, room);
    columns.destination.set(flow, destination, room);
    columns.ipVersion.set(flow, ipVersion, room);
    columns.name.set(flow, this.nameOf(row.name), room);
    columns.firstPiece.set(flow, this.firstPieceOf(flow, row), room);
    if (row.ipBytesSent !== row.bytesSent || row.ipBytesReceived !== row.bytesReceived) this.tellIpBytesApart(flow);
    if (this.ipBytesDiffer) {
      columns.ipBytesSent.set(flow, row.ipBytesSent, room);
      columns.ipBytesReceived.set(flow, row.ipBytesReceived, room);
    }
    if (this.keepsKeys && row.key !== '') {
      const { high, low } = hashedKey(row.key);
      this.keyHigh.set(flow, high, room);
      this.keyLow.set(flow, low, room);
    }
    return null;
  }

  /** Keeps a name for the flows with a key, whichever of them and it comes first. */
  addName(key: string, name: string, source: number): void {
    const index = this.nameOf(name);
    if (index !== 0) this.joined.add(key, index, source);
  }

  /** Takes all flows of packets. */
  append(flows: FlowColumns): void {
    const addresses = Uint32Array.from(flows.addresses, (text) => this.addressOf(text));
    const names = Uint32Array.from(flows.names, (text) => this.nameOf(text));
    const start = this.length;
    this.makeRoom(start + flows.length);
    this.tellIpBytesApart(start);
    const places = Uint32Array.from({ length: flows.length }, (_, flow) => start + flow);
    const indexed: Partial<Record<RowColumn, Uint32Array>> = {
      source: addresses, destination: addresses, name: names, firstPiece: places,
    };
    for (const column of ROW_COLUMNS) {
      const values = flows[column];
      const indexes = indexed[column] ?? null;
      const target = this.columns[column];
      for (let flow = 0; flow < flows.length; flow++) {
        target.set(start + flow, indexes === null ? values[flow] : indexes[values[flow]], this.room);
      }
    }
    this.length += flows.length;
  }

  /** All flows, those of logs with the names that were kept for their keys. The builder is empty afterwards. */
  finish(): FlowColumns {
    const { length } = this;
    this.joinNames();
    const taken = Object.fromEntries(ROW_COLUMNS.map((column) => [column, this.columns[column].take(length)]));
    const addresses = this.addresses.texts();
    const columns = taken as Pick<FlowColumns, RowColumn>;
    const { bytesSent, bytesReceived } = columns;
    return {
      ...columns,
      ...(this.ipBytesDiffer ? {} : { ipBytesSent: bytesSent, ipBytesReceived: bytesReceived }),
      length,
      addresses,
      names: this.names,
      hostName: new Uint32Array(addresses.length),
    };
  }

  private makeRoom(rows: number): void {
    if (rows > this.room) this.room = Math.max(rows, this.expected > rows ? Math.ceil(this.expected * MARGIN) : 2 * this.room);
  }

  /** Begins to keep IP bytes by themselves, at a flow; those before have the same as frames. */
  private tellIpBytesApart(flow: number): void {
    if (this.ipBytesDiffer) return;
    this.ipBytesDiffer = true;
    const { bytesSent, bytesReceived, ipBytesSent, ipBytesReceived } = this.columns;
    for (let before = 0; before < flow; before++) {
      ipBytesSent.set(before, bytesSent.get(before), this.room);
      ipBytesReceived.set(before, bytesReceived.get(before), this.room);
    }
  }

  /** The flow whose piece a flow is: itself where its table does not say. Nothing is kept for flows that are whole. */
  private firstPieceOf(flow: number, row: FlowRow): number {
    if (row.begin !== CONTINUED) return 0;
    return row.firstPiece < flow ? row.firstPiece : flow;
  }

  private joinNames(): void {
    const { name, nameSource } = this.columns;
    for (let flow = 0; flow < this.length; flow++) {
      const low = this.keyLow.get(flow);
      if (low === 0 || name.get(flow) !== 0) continue;
      const found = this.joined.find(this.keyHigh.get(flow), low);
      name.set(flow, found.name, this.room);
      nameSource.set(flow, found.source, this.room);
    }
  }

  /** Number of an address, -1 where the text is none. */
  private addressOf(text: string): number {
    const version = parseAddress(text);
    if (version === 0) return -1;
    return this.addresses.idOf(version, parsedWords[0], parsedWords[1], parsedWords[2], parsedWords[3]);
  }

  private nameOf(text: string): number {
    if (text === '') return 0;
    const name = nameOfText(text);
    let index = this.nameIndexes.get(name);
    if (index === undefined) {
      index = this.names.push(name) - 1;
      this.nameIndexes.set(name, index);
    }
    return index;
  }
}
