import { ChunkedRows } from '../memory/chunked-rows.ts';
import { copyInto, grownCapacity } from '../memory/growing-column.ts';
import { emptyColumns, type FlowColumns, unsaidColumns } from './columns.ts';
import type { Conversations } from './conversations.ts';
import { NOTED, OBSERVED } from './observed.ts';

/** Numbers of one record: 64 bytes, so that a packet's update stays within a cache line. */
export const STRIDE = 8;
export const FIRST = 0;
export const LAST = 1;
export const BYTES_SENT = 2;
export const BYTES_RECEIVED = 3;
export const PACKETS_SENT = 4;
export const PACKETS_RECEIVED = 5;
export const CONVERSATION = 6;
export const FLAGS = 7;

export const SWAPPED = 1;
export const ENDED = 2;
/** Nothing more is looked for: its application, and what names it in packets that its source sent, or received. */
export const RECOGNISED = 4;
export const SENT_READ = 64;
export const RECEIVED_READ = 128;
/** The first packet asks for a TCP connection, and either end went on: the other with something else than "no". */
export const ASKED = 8;
export const ANSWERED = 16;
/** The source began the flow with a SYN, and what it sends first has not come. */
export const AWAITS_FIRST = 32;

/**
 * Of the first payloads the capture does not even hold what tells their protocol, cut or lost; or it does of one before that.
 */
export const CUT_EARLY = 256;
export const SPOKE = 512;
/** The capture cut a message that tells names, or keys, of the source or of the destination. */
export const CUT_SENT = 1024;
export const CUT_RECEIVED = 2048;
/** The first packet answers what the capture does not hold: a SYN, or a datagram. */
export const ANSWERS_FIRST = 4096;

/** Numbers of a flow's volumes: payload and IP bytes, forward and back. Half a cache line, apart from the record. */
export const VOLUMES = 4;
export const PAYLOAD = 0;
export const IP_BYTES = 2;

/** More than any number of 32 bits. */
const ANY = Number.POSITIVE_INFINITY;

/** What the meter keeps of flows, by flow in order of creation. */
export class FlowStore {
  count = 0;
  readonly records = new ChunkedRows(Float64Array, STRIDE);
  /** Sequence number that a source's first byte has, while the flow awaits it. */
  firstSequence = new Int32Array(1024);
  /** How flows ended, and flows in the order they were emitted. */
  expiration = new Uint8Array(1024);
  private volumes = new ChunkedRows(Float64Array, VOLUMES);
  begin = new Uint8Array(1024);
  /** By flow, in order of creation: the flow whose piece it is. */
  firstPiece = new Uint32Array(1024);
  emitted = new Uint32Array(1024);
  emittedCount = 0;

  /** Makes room for one flow more, and counts it. */
  add(): number {
    if (this.count === this.expiration.length) this.grow();
    this.records.reserve(this.count);
    this.volumes.reserve(this.count);
    return this.count++;
  }

  /** Counts payload and IP bytes of a flow, those that went back with `back` 1. */
  addVolume(flow: number, back: number, payload: number, ipBytes: number): void {
    const volumes = this.volumes.chunk(flow);
    const at = this.volumes.place(flow) + back;
    volumes[at + PAYLOAD] += payload;
    volumes[at + IP_BYTES] += ipBytes;
  }

  /** All flows in the order in which they were emitted, those that are live behind them, as if they ended here. */
  emittedSoFar(): Uint32Array {
    const { records, count, emittedCount } = this;
    const emitted = this.emitted.slice(0, count);
    let place = emittedCount;
    for (let flow = 0; place < count; flow++) if ((records.get(flow, FLAGS) & ENDED) === 0) emitted[place++] = flow;
    return emitted;
  }

  /**
   * Flows as columns: what their packets' headers say.
   *
   * @param emitted all flows, in the order they were emitted
   * @param isFinal whether nothing is added to a flow any more: sums take 32 bits then where they fit
   * @param isLast whether nothing is asked of the store any more: what has become a column is let go of then
   */
  columns(emitted: Uint32Array, conversations: Conversations, isFinal: boolean, isLast: boolean): FlowColumns {
    const { records, count } = this;
    const volumes = this.volumeColumns(emitted, isFinal);
    if (isLast) this.volumes = new ChunkedRows(Float64Array, VOLUMES);
    const firstMs = lowest(records, FIRST, count);
    const since = (offset: number): number => highest(records, offset, count) - firstMs;
    const sums = (offset: number): number => (isFinal ? highest(records, offset, count) : ANY);
    const columns = emptyColumns(count, {
      ...volumes,
      ...unsaidColumns(count),
      sinceMs: roomFor(since(FIRST), count),
      durationMs: roomFor(since(LAST), count),
      bytesSent: roomFor(sums(BYTES_SENT), count),
      bytesReceived: roomFor(sums(BYTES_RECEIVED), count),
    });
    columns.originMs = firstMs;
    const idOf = new Uint32Array(count);
    for (let id = 0; id < count; id++) idOf[emitted[id]] = id;
    for (let id = 0; id < count; id++) {
      const flow = emitted[id];
      const record = records.chunk(flow);
      const at = records.place(flow);
      const conversation = record[at + CONVERSATION];
      const from = record[at + FLAGS] & SWAPPED;
      columns.conversation[id] = conversation;
      columns.swapped[id] = from;
      columns.source[id] = conversations.end(conversation, from);
      columns.destination[id] = conversations.end(conversation, 1 - from);
      columns.sourcePort[id] = conversations.port(conversation, from);
      columns.destinationPort[id] = conversations.port(conversation, 1 - from);
      columns.protocol[id] = conversations.protocol(conversation);
      columns.vlanId[id] = conversations.vlanId(conversation);
      columns.tunnelId[id] = conversations.tunnelId(conversation);
      columns.sinceMs[id] = record[at + FIRST] - firstMs;
      columns.packetsSent[id] = record[at + PACKETS_SENT];
      columns.bytesSent[id] = record[at + BYTES_SENT];
      // Memory that no number is written to costs none, and floods are of single packets without an answer.
      const lastedMs = record[at + LAST] - record[at + FIRST];
      const received = record[at + PACKETS_RECEIVED];
      if (lastedMs > 0) columns.durationMs[id] = lastedMs;
      if (received > 0) columns.packetsReceived[id] = received;
      if (received > 0) columns.bytesReceived[id] = record[at + BYTES_RECEIVED];
      if (this.expiration[flow] > 0) columns.expirationId[id] = this.expiration[flow];
      if (this.begin[flow] > 0) columns.begin[id] = this.begin[flow];
      columns.firstPiece[id] = idOf[this.firstPiece[flow]];
      columns.failed[id] = failed(record[at + FLAGS], columns, id);
      columns.observed[id] = noted(record[at + FLAGS]);
    }
    return columns;
  }

  /** Payload and IP bytes of flows as columns. */
  private volumeColumns(emitted: Uint32Array, isFinal: boolean) {
    const { volumes, count } = this;
    const column = (offset: number): Float64Array | Uint32Array => {
      const values = roomFor(isFinal ? highest(volumes, offset, count) : ANY, count);
      for (let id = 0; id < count; id++) {
        const value = volumes.get(emitted[id], offset);
        if (value > 0) values[id] = value;
      }
      return values;
    };
    return {
      payloadSent: column(PAYLOAD),
      payloadReceived: column(PAYLOAD + 1),
      ipBytesSent: column(IP_BYTES),
      ipBytesReceived: column(IP_BYTES + 1),
    };
  }

  private grow(): void {
    const capacity = grownCapacity(this.expiration.length);
    this.firstSequence = copyInto(new Int32Array(capacity), this.firstSequence);
    this.expiration = copyInto(new Uint8Array(capacity), this.expiration);
    this.begin = copyInto(new Uint8Array(capacity), this.begin);
    this.firstPiece = copyInto(new Uint32Array(capacity), this.firstPiece);
    this.emitted = copyInto(new Uint32Array(capacity), this.emitted);
  }
}

function lowest(rows: ChunkedRows<Float64Array>, offset: number, count: number): number {
  let least = count === 0 ? 0 : ANY;
  for (let flow = 0; flow < count; flow++) least = Math.min(least, rows.get(flow, offset));
  return least;
}

function highest(rows: ChunkedRows<Float64Array>, offset: number, count: number): number {
  let most = 0;
  for (let flow = 0; flow < count; flow++) most = Math.max(most, rows.get(flow, offset));
  return most;
}

/** A column for numbers up to `most`: of 32 bits where that is enough. */
function roomFor(most: number, count: number): Float64Array | Uint32Array {
  return most <= 0xffff_ffff ? new Uint32Array(count) : new Float64Array(count);
}

/** What the meter noted of what a flow could show, as `observePackets` takes it. */
function noted(flags: number): number {
  return (
    ((flags & ASKED) === 0 ? 0 : OBSERVED.begin) |
    ((flags & CUT_EARLY) === 0 ? 0 : NOTED.cutEarly) |
    ((flags & CUT_SENT) === 0 ? 0 : NOTED.cutSent) |
    ((flags & CUT_RECEIVED) === 0 ? 0 : NOTED.cutReceived) |
    ((flags & ANSWERS_FIRST) === 0 ? 0 : NOTED.answersFirst)
  );
}

/** Payload without a visible answer is a capture of one direction, not a connection that failed. */
function failed(flags: number, { payloadSent, payloadReceived }: FlowColumns, id: number): number {
  return (flags & (ASKED | ANSWERED)) === ASKED && payloadSent[id] === 0 && payloadReceived[id] === 0 ? 1 : 0;
}
