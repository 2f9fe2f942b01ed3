import { guessApplication } from '../inspect/applications/ports.ts';
import { AddressTable } from '../net/addresses.ts';
import { readAddress, readWords, withoutZone } from '../net/address.ts';
import { CONTINUED, firstMsOf, type FlowColumns, NO_CONVERSATION } from '../flows/columns.ts';
import { nameOfText, shownText } from '../protocols/text.ts';
import { UNSAID_APPLICATION } from './application.ts';
import { type FlowRow, rowFault, type SiblingRow, TEXT_COLUMNS } from './flow-row.ts';
import { GrowingColumn, type NumberArray } from '../memory/growing-column.ts';
import { hashedKey } from './sibling-keys.ts';
import { SIBLING_COLUMNS, Siblings } from './siblings.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';

/** The columns of `FlowColumns` that have one number for each flow. */
type RowColumn = {
  [Column in keyof FlowColumns]: FlowColumns[Column] extends NumberArray ? Column : never;
}[Exclude<keyof FlowColumns, 'hostName'>];

const bytes = [(length: number) => new Uint8Array(length)];
const shorts = [(length: number) => new Uint16Array(length)];
const words = [(length: number) => new Uint32Array(length)];
const doubles = [(length: number) => new Float64Array(length)];
/** Numbers that are small in most logs, and counts of bytes or milliseconds: as narrow as the largest of the column allows. */
const numbers = [...shorts, ...words];
const counts = [...words, ...doubles];

/** How each column is made, the narrowest first; the compiler asks for every one. */
const MAKERS: { readonly [Column in RowColumn]: readonly ((length: number) => FlowColumns[Column])[] } = {
  conversation: words,
  swapped: bytes,
  source: numbers,
  destination: numbers,
  sourcePort: shorts,
  destinationPort: shorts,
  protocol: bytes,
  vlanId: shorts,
  tunnelId: bytes,
  sinceMs: counts,
  durationMs: counts,
  packetsSent: numbers,
  packetsReceived: numbers,
  bytesSent: counts,
  bytesReceived: counts,
  payloadSent: counts,
  payloadReceived: counts,
  ipBytesSent: counts,
  ipBytesReceived: counts,
  expirationId: bytes,
  begin: bytes,
  firstPiece: words,
  failed: bytes,
  observed: shorts,
  application: bytes,
  applicationGuessed: bytes,
  name: words,
  nameSource: bytes,
  resolvedName: words,
  certificate: words,
  clientFingerprint: words,
  serverFingerprint: words,
  ja4: words,
  ja4s: words,
  userAgent: words,
  contentType: words,
  signs: shorts,
};
const ROW_COLUMNS = Object.keys(MAKERS) as RowColumn[];
/** Numbers that a row of a log gives as they are. */
const PLAIN_COLUMNS = [
  'sourcePort',
  'destinationPort',
  'protocol',
  'vlanId',
  'tunnelId',
  'packetsSent',
  'packetsReceived',
  'bytesSent',
  'bytesReceived',
  'payloadSent',
  'payloadReceived',
  'expirationId',
  'begin',
  'failed',
  'observed',
  'signs',
  'nameSource',
] as const satisfies readonly (RowColumn & keyof FlowRow)[];

/** Almost 25 days in milliseconds. */
const HALF_OF_32_BITS = 2 ** 31;
const FIRST_ROOM = 1 << 17;
const MOST_EXPECTED = 1 << 27;
/** Lines further on may be shorter than those that an estimate goes by. */
const MARGIN = 1.03;

/** Gathers flows that logs have, row by row, and those of packets, into one set of columns. */
export class FlowBuilder {
  readonly siblings = new Siblings();
  length = 0;
  private readonly keepsKeys: boolean;
  /** Rows that columns have room for, and rows that there will be as far as can be told. */
  private room = FIRST_ROOM;
  private expected = 0;
  private addresses = new AddressTable();
  private readonly columns = Object.fromEntries(
    ROW_COLUMNS.map((column) => [column, new GrowingColumn(MAKERS[column])]),
  ) as Record<RowColumn, GrowingColumn>;
  private originMs = 0;
  /** Whether IP bytes are others than the bytes of frames: logs that count one kind have the other no second time. */
  private ipBytesDiffer = false;
  /** Whether flows of packets came. */
  private hasConversations = false;
  private readonly keyHigh = new GrowingColumn(words);
  private readonly keyLow = new GrowingColumn(words);
  private readonly names = new DistinctTexts('');
  private texts = new DistinctTexts('');
  /** Names by address that captures' own name blocks gave. */
  private hostNames = new Map<number, number>();

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
    this.setStart(flow, row.firstMs);
    columns.durationMs.set(flow, row.lastMs - row.firstMs, room);
    columns.name.set(flow, this.nameOf(row.name), room);
    columns.firstPiece.set(flow, this.firstPieceOf(flow, row), room);
    this.addTraits(flow, row, destination);
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

  /** What a row says, or lets guess, beside its ends, times and counts. */
  private addTraits(flow: number, row: FlowRow, destination: number): void {
    const { columns, room } = this;
    const isSaid = row.application !== UNSAID_APPLICATION;
    const application = isSaid ? row.application : guessApplication(row.protocol, row.sourcePort, row.destinationPort);
    columns.application.set(flow, application, room);
    columns.applicationGuessed.set(flow, isSaid ? row.applicationGuessed : Math.sign(application), room);
    if (row.isHostName) this.hostNames.set(destination, this.nameOf(row.resolvedName));
    else columns.resolvedName.set(flow, this.nameOf(row.resolvedName), room);
    for (const column of TEXT_COLUMNS) columns[column].set(flow, this.textOf(row[column]), room);
    const certificate = row.certificate.map(shownText).join('\n');
    if (certificate.length > 2) columns.certificate.set(flow, this.texts.numberOf(certificate), room);
  }

  /** Keeps what a row of another log says of the flows with a key, whichever of them and it comes first. */
  addSibling({ key, observed, name, nameSource, texts }: SiblingRow): void {
    if (!this.keepsKeys || key === '') return;
    const numbered = Object.entries(texts).map(([column, text]) => [column, this.textOf(text)] as const);
    this.siblings.add({ key, observed, name: this.nameOf(name), nameSource, texts: Object.fromEntries(numbered) });
  }

  /** Takes back that flows from a place on could show something: their log turned out not to say it of any. */
  forget(start: number, bits: number): void {
    const { observed } = this.columns;
    for (let flow = start; flow < this.length; flow++) observed.replace(flow, observed.get(flow) & ~bits, this.room);
  }

  /** Takes all flows of packets, after those of logs. */
  append(flows: FlowColumns): void {
    const addresses = Uint32Array.from(flows.addresses, (text) => this.addressOf(text));
    const names = Uint32Array.from(flows.names, (text) => this.names.numberOf(text));
    const texts = Uint32Array.from(flows.texts, (text) => this.texts.numberOf(text));
    const start = this.length;
    this.makeRoom(start + flows.length);
    this.tellIpBytesApart(start);
    this.hasConversations = true;
    for (let flow = 0; flow < start; flow++) this.columns.conversation.set(flow, NO_CONVERSATION, this.room);
    const places = Uint32Array.from({ length: flows.length }, (_, flow) => start + flow);
    const indexed: Partial<Record<RowColumn, Uint32Array>> = {
      source: addresses,
      destination: addresses,
      name: names,
      resolvedName: names,
      firstPiece: places,
      certificate: texts,
      ...Object.fromEntries(TEXT_COLUMNS.map((column) => [column, texts])),
    };
    for (let flow = 0; flow < flows.length; flow++) this.setStart(start + flow, firstMsOf(flows, flow));
    for (const column of ROW_COLUMNS) {
      if (column === 'sinceMs') continue;
      const values = flows[column];
      const indexes = indexed[column] ?? null;
      const target = this.columns[column];
      for (let flow = 0; flow < flows.length; flow++) {
        target.set(start + flow, indexes === null ? values[flow] : indexes[values[flow]], this.room);
      }
    }
    this.length += flows.length;
  }

  /**
   * All flows, those of logs with the names that were kept for their keys. The builder is empty afterwards but for those
   * names, and may take the next flows.
   */
  finish(): FlowColumns {
    const { length } = this;
    this.joinSiblings();
    const taken = Object.fromEntries(ROW_COLUMNS.map((column) => [column, this.columns[column].take(length)]));
    const addresses = this.addresses.texts();
    const columns = taken as Pick<FlowColumns, RowColumn>;
    const { bytesSent, bytesReceived } = columns;
    const { hostNames, texts } = this;
    this.empty();
    return {
      ...columns,
      conversation: this.hasConversations ? columns.conversation : new Uint32Array(0),
      ...(this.ipBytesDiffer ? {} : { ipBytesSent: bytesSent, ipBytesReceived: bytesReceived }),
      length,
      originMs: this.originMs,
      addresses,
      names: this.names.texts,
      hostName: Uint32Array.from(addresses, (_, address) => hostNames.get(address) ?? 0),
      texts: texts.texts,
    };
  }

  private empty(): void {
    this.length = 0;
    this.addresses = new AddressTable();
    this.texts = new DistinctTexts('');
    this.hostNames = new Map();
    this.keyHigh.take(0);
    this.keyLow.take(0);
  }

  private makeRoom(rows: number): void {
    if (rows > this.room)
      this.room = Math.max(rows, this.expected > rows ? Math.ceil(this.expected * MARGIN) : 2 * this.room);
  }

  /**
   * Keeps when a flow starts, counted from some weeks before the first row: so the starts of a log in any order, if it is
   * not of months, have room in 32 bits. Where one lies before that, all are counted from 1970.
   */
  private setStart(flow: number, firstMs: number): void {
    const { sinceMs } = this.columns;
    if (flow === 0) this.originMs = Math.max(0, firstMs - HALF_OF_32_BITS);
    if (firstMs < this.originMs) {
      for (let before = 0; before < flow; before++) sinceMs.set(before, this.originMs + sinceMs.get(before), this.room);
      this.originMs = 0;
    }
    sinceMs.set(flow, firstMs - this.originMs, this.room);
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

  private joinSiblings(): void {
    const { columns, siblings, room } = this;
    for (let flow = 0; flow < this.length; flow++) {
      const sibling = siblings.find(this.keyHigh.get(flow), this.keyLow.get(flow));
      if (sibling < 0) continue;
      columns.observed.replace(flow, columns.observed.get(flow) | siblings.get(sibling, 'observed'), room);
      const isNamed = columns.name.get(flow) !== 0;
      for (const column of SIBLING_COLUMNS) {
        if (column === 'observed' || (isNamed && column === 'nameSource')) continue;
        if (columns[column].get(flow) === 0) columns[column].set(flow, siblings.get(sibling, column), room);
      }
    }
  }

  /** Number of an address, -1 where the text is none. */
  private addressOf(text: string): number {
    const version = readAddress(withoutZone(text));
    if (version === 0) return -1;
    return this.addresses.idOf(version, readWords[0], readWords[1], readWords[2], readWords[3]);
  }

  private nameOf(text: string): number {
    return text === '' ? 0 : this.names.numberOf(nameOfText(text));
  }

  private textOf(text: string): number {
    return text === '' ? 0 : this.texts.numberOf(shownText(text));
  }
}
