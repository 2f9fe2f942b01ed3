import { columnOf } from '../memory/columns.ts';
import { couldShow, OBSERVED } from '../flows/observed.ts';
import { HostSightings } from '../inspect/hosts/host-sightings.ts';
import { guessApplication } from '../inspect/applications/ports.ts';
import { CONTINUED, firstMsOf, FLOW_COLUMNS, type FlowColumns, NO_CONVERSATION } from '../flows/columns.ts';
import { TRACE_KINDS } from '../flows/name-sources.ts';
import { NAME_LIMIT, nameOfText, shownText } from '../protocols/text.ts';
import { UNSAID_APPLICATION } from './application.ts';
import { type FlowRow, PLAIN_COLUMNS, rowFault, type SiblingRow } from './flow-row.ts';
import { FLOW_SCHEMA, type FlowColumn, type FlowField } from '../flows/schema.ts';
import { GrowingColumn } from '../memory/growing-column.ts';
import { Certificates } from './certificates.ts';
import { LoggedQuestions, type QuestionCounter } from './questions.ts';
import { EndNumbers } from './end-numbers.ts';
import { placeBetween } from './eras.ts';
import { LocalEnds, type LocalRows, type SaidZones } from './local-ends.ts';
import { RowKeys } from './row-keys.ts';
import { countedOnce, repeatsAmong, type SameFlows, sameFlows } from './same-flows.ts';
import { columnsToFill, Siblings } from './siblings.ts';
import { carriesNoName, takeBack } from './shown-columns.ts';
import { ZonelessLogs } from './zoneless.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';

/** Almost 25 days in milliseconds. */
const HALF_OF_32_BITS = 2 ** 31;
const [FIRST_ROOM, MOST_EXPECTED] = [1 << 17, 1 << 27];
/** Lines further on may be shorter than those that an estimate goes by. */
const MARGIN = 1.03;

/** Gathers flows that logs have, row by row, and those of packets, into one set of columns. */
export class FlowBuilder {
  readonly siblings = new Siblings();
  readonly questions: LoggedQuestions;
  length = 0;
  /** Rows that columns have room for, and rows that there will be as far as can be told. */
  private room = FIRST_ROOM;
  private expected = 0;
  private addresses = new EndNumbers();
  private readonly columns = Object.fromEntries(
    FLOW_COLUMNS.map((column) => [column, new GrowingColumn(FLOW_SCHEMA[column].type)]),
  ) as Record<FlowColumn, GrowingColumn>;
  /** Flows that came as rows: those of packets are behind them. */
  private rows = 0;
  private same: SameFlows = { standIn: new Uint32Array(0), dropped: 0 };
  private originMs = 0;
  /** Whether IP bytes are others than the bytes of frames: logs that count one kind have the other no second time. */
  private ipBytesDiffer = false;
  /** Whether flows of packets came. */
  private hasConversations = false;
  /** Number of the file that a row came from. */
  private files = 0;
  private keys = new RowKeys();
  readonly certificates = new Certificates();
  names = DistinctTexts.ofWhole('');
  texts = new DistinctTexts('');
  /** Names by address that captures' own name blocks gave. */
  private hostNames = new Map<number, number>();
  /** Who is behind the addresses, as logs say. */
  readonly hostsSeen: HostSightings;
  /** Logs whose times have no zone. */
  readonly zoneless = new ZonelessLogs();
  /** What logs say of where addresses lie, once they are read. */
  saidZones: SaidZones = { internal: [], external: [] };
  /** By address: what they are made of. */
  localRows: LocalRows[] = [];
  private localEnds = new LocalEnds();

  /** @param dns counts the questions of logs of DNS */
  constructor(dns: QuestionCounter | null = null, hostsSeen = new HostSightings()) {
    this.hostsSeen = hostsSeen;
    this.questions = new LoggedQuestions(
      dns,
      (text) => this.addresses.idOfText(text),
      (text) => this.nameOf(text),
    );
  }

  /** Begins another file: its rows are told from those of others, by the number that comes back. */
  beginFile(): number {
    this.questions.repeated.beginFile();
    return ++this.files;
  }

  /** Says how many rows there will be in all, by what was read so far: room is made once, where it is right. */
  expect(rows: number): void {
    this.expected = Math.min(rows, MOST_EXPECTED);
  }

  /** Takes a row of a log. Returns what is wrong with it, in which case it is left out, or null. */
  add(row: FlowRow): string | null {
    const source = this.addresses.idOfText(row.source);
    if (source < 0) return 'the source is not an IP address';
    const destination = this.addresses.idOfText(row.destination);
    if (destination < 0) return 'the destination is not an IP address';
    const fault = rowFault(row);
    if (fault !== null) return fault;
    if (row.sourceIsLocal !== null) this.localEnds.add(source, row.sourceIsLocal);
    if (row.destinationIsLocal !== null) this.localEnds.add(destination, row.destinationIsLocal);
    const flow = this.length++;
    this.rows = this.length;
    this.makeRoom(this.length);
    const { columns, room } = this;
    // Seeing that a row says nothing takes less time than looking up a column.
    for (const column of PLAIN_COLUMNS) if (row[column] !== 0) columns[column].set(flow, row[column], room);
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
    this.keys.set(flow, this.files, row.key, room);
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
    for (const column of TRACE_KINDS) if (row[column] !== '') columns[column].set(flow, this.textOf(row[column]), room);
    columns.certificate.set(flow, this.certificateOf(row.certificate), room);
  }

  /** Keeps what a row of another log says of the flows with a key, whichever of them and it comes first. */
  addSibling(row: SiblingRow): void {
    if (row.key === '') return;
    const { key, observed, signs, nameSource, asked } = row;
    const texts = Object.fromEntries(Object.entries(row.texts).map(([column, text]) => [column, this.textOf(text)]));
    texts['certificate'] = this.certificateOf(row.certificate);
    texts['chain'] = this.textOf(row.chain);
    if (asked !== null) [texts['askedHost'], texts['askedPort']] = [this.nameOf(asked.host), asked.port];
    this.siblings.add({ key, observed, signs, name: this.nameOf(row.name), nameSource, texts });
  }

  /** Keeps a certificate for the flows whose logs call it so. */
  addCertificate(id: string, certificate: readonly string[], isLasting: boolean): void {
    this.certificates.add(id.slice(0, NAME_LIMIT), this.certificateOf(certificate), isLasting);
  }

  /** Takes back that flows from a place on could show something, or do: their log turned out not to say it of any. */
  forget(start: number, observed: number, signs = 0): void {
    takeBack(this.columns, [start, this.length], { observed, signs }, this.room);
  }

  /** Notes that the times of the file, whose flows begin at a place, have no zone. */
  addZoneless(start: number): void {
    this.zoneless.add(this.files, start, this.length);
  }

  /** Puts flows from a place on, whose stamps are stray, between those before and behind them. */
  moveStrays(start: number, isStray: (ms: number) => boolean): void {
    const { originMs, room } = this;
    placeBetween(this.columns.sinceMs, [start, this.length], (since) => isStray(originMs + since), room);
  }

  /** Takes all flows of packets, after those of logs. */
  append(flows: FlowColumns): void {
    const numbers = {
      addresses: columnOf(Uint32Array, flows.addresses.texts(), (text) => this.addresses.numberOf(text)),
      names: columnOf(Uint32Array, flows.names, (text) => this.names.numberOf(text)),
      texts: columnOf(Uint32Array, flows.texts, (text) => this.texts.numberOf(text)),
    };
    const start = this.length;
    this.rows = start;
    this.makeRoom(start + flows.length);
    this.tellIpBytesApart(start);
    this.hasConversations = true;
    for (let flow = 0; flow < start; flow++) this.columns.conversation.set(flow, NO_CONVERSATION, this.room);
    const places = Uint32Array.from({ length: flows.length }, (_, flow) => start + flow);
    const proxies = Uint32Array.of(0, ...numbers.addresses.map((address) => address + 1));
    for (let flow = 0; flow < flows.length; flow++) this.setStart(start + flow, firstMsOf(flows, flow));
    for (const column of FLOW_COLUMNS) {
      if (column === 'sinceMs') continue;
      const { texts }: FlowField = FLOW_SCHEMA[column];
      const own = column === 'firstPiece' ? places : column === 'through' ? proxies : null;
      const indexes = own ?? (typeof texts === 'string' ? numbers[texts] : null);
      const values = flows[column];
      const target = this.columns[column];
      for (let flow = 0; flow < flows.length; flow++) {
        target.set(start + flow, indexes === null ? values[flow] : indexes[values[flow]], this.room);
      }
    }
    this.length += flows.length;
  }

  /** The same, with what `append` and `finish` change apart; what those only read is shared. */
  copy(): FlowBuilder {
    const { length } = this;
    const copy = new FlowBuilder(null, this.hostsSeen);
    Object.assign(copy, this, {
      columns: Object.fromEntries(FLOW_COLUMNS.map((column) => [column, this.columns[column].copy(length)])),
      addresses: this.addresses.copy(),
      names: this.names.copy(),
      texts: this.texts.copy(),
      keys: this.keys.copy(length),
    });
    return copy;
  }

  /** All flows, those of logs with the names that were kept for their keys. The builder is empty afterwards but for those. */
  finish(): FlowColumns {
    const { length, rows, keys, hostNames, texts } = this;
    this.resolveNames();
    this.joinSiblings();
    const taken = Object.fromEntries(FLOW_COLUMNS.map((column) => [column, this.columns[column].take(length)]));
    const addresses = this.addresses.list(taken['destination']);
    const columns = taken as Pick<FlowColumns, FlowColumn>;
    this.saidZones = this.localEnds.of(addresses);
    this.localRows = this.localEnds.counts(addresses);
    const flows: FlowColumns = {
      ...columns,
      conversation: this.hasConversations ? columns.conversation : new Uint32Array(0),
      ...(this.ipBytesDiffer ? {} : { ipBytesSent: columns.bytesSent, ipBytesReceived: columns.bytesReceived }),
      length,
      originMs: this.originMs,
      addresses,
      names: this.names.texts,
      hostName: Uint32Array.from({ length: addresses.length }, (_, address) => hostNames.get(address) ?? 0),
      texts: texts.texts,
    };
    // What numbers texts and addresses takes as much as they do.
    this.empty();
    this.zoneless.align(flows, rows);
    this.same = sameFlows(flows, rows, keys);
    return countedOnce(flows, this.same);
  }

  /** How many of some rows were a flow that a row among them, or outside them, stands for. To be asked after `finish`. */
  repeats(start: number, end: number): ReturnType<typeof repeatsAmong> {
    return repeatsAmong(this.same, start, end);
  }

  private empty(): void {
    this.length = 0;
    this.rows = 0;
    this.addresses = new EndNumbers();
    this.names = DistinctTexts.ofWhole('');
    this.texts = new DistinctTexts('');
    this.hostNames = new Map();
    this.localEnds = new LocalEnds();
    this.keys = new RowKeys();
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
    return row.begin === CONTINUED ? Math.min(row.firstPiece, flow) : 0;
  }

  private joinSiblings(): void {
    const { columns, siblings, room } = this;
    const hasNames = couldShow(siblings.observed, 'names');
    for (let flow = 0; flow < this.length; flow++) {
      const { high, low } = this.keys.keyOf(flow);
      const sibling = siblings.find(high, low);
      if (hasNames && flow < this.rows && carriesNoName(columns, flow))
        columns.observed.replace(flow, columns.observed.get(flow) | OBSERVED.names, room);
      if (sibling < 0) continue;
      columns.observed.replace(flow, columns.observed.get(flow) | siblings.get(sibling, 'observed'), room);
      const chain = this.texts.texts[siblings.get(sibling, 'chain')];
      const signs = siblings.get(sibling, 'signs') | this.certificates.signs(chain);
      columns.signs.replace(flow, columns.signs.get(flow) | signs, room);
      for (const column of columnsToFill(columns.name.get(flow) !== 0)) {
        if (columns[column].get(flow) === 0) columns[column].set(flow, siblings.get(sibling, column), room);
      }
      const certificate = this.certificates.get(chain);
      if (columns.certificate.get(flow) === 0) columns.certificate.set(flow, certificate, room);
      const asked = siblings.get(sibling, 'askedHost');
      if (asked !== 0 && siblings.get(sibling, 'asksOthers') === 0)
        this.sendThrough(flow, this.names.texts[asked], siblings.get(sibling, 'askedPort'));
    }
  }

  /** Makes whom a proxy was asked for the destination of a flow, and the proxy what it goes through. */
  private sendThrough(flow: number, host: string, port: number): void {
    const { columns, room } = this;
    const proxy = columns.destination.get(flow);
    const address = this.addresses.idOfText(host);
    // A server may be asked for itself as a proxy is.
    if (address === proxy || this.names.texts[columns.resolvedName.get(flow)] === host) return;
    columns.through.set(flow, proxy + 1, room);
    columns.throughPort.set(flow, columns.destinationPort.get(flow), room);
    columns.destination.replace(flow, this.addresses.numberOf(host), room);
    columns.destinationPort.replace(flow, port, room);
  }

  /** Gives flows without a name that their source was told for their destination by the logs' own DNS. */
  private resolveNames(): void {
    const { columns, questions, room } = this;
    if (questions.count === 0) return;
    for (let flow = 0; flow < this.rows; flow++) {
      if (columns.resolvedName.get(flow) !== 0) continue;
      const startMs = this.originMs + columns.sinceMs.get(flow);
      const name = questions.nameFor(columns.source.get(flow), columns.destination.get(flow), startMs);
      columns.resolvedName.set(flow, name, room);
    }
  }

  private certificateOf(certificate: readonly string[]): number {
    if (certificate.every((part) => part === '')) return 0;
    return this.texts.numberOf(certificate.map(shownText).join('\n'));
  }

  private nameOf(text: string): number {
    return text === '' ? 0 : this.names.numberOf(nameOfText(text));
  }

  private textOf(text: string): number {
    return text === '' ? 0 : this.texts.numberOf(shownText(text));
  }
}
