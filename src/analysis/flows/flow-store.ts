import { emptyColumns, type FlowColumns } from './columns.ts';
import type { Conversations } from './conversations.ts';
import { OBSERVED } from './observed.ts';

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
export const LOOKED_THROUGH = RECOGNISED | SENT_READ | RECEIVED_READ;
/** The first packet asks for a TCP connection, and either end went on: the other with something else than "no". */
export const ASKED = 8;
export const ANSWERED = 16;
/** The source began the flow with a SYN, and what it sends first has not come. */
export const AWAITS_FIRST = 32;

/** Numbers of a flow's volumes: payload and IP bytes, forward and back. Half a cache line, apart from the record. */
export const VOLUMES = 4;
export const PAYLOAD = 0;
export const IP_BYTES = 2;

/** What the meter keeps of flows, by flow in order of creation. */
export class FlowStore {
  count = 0;
  records = new Float64Array(1024 * STRIDE);
  /** Sequence number that a source's first byte has, while the flow awaits it. */
  firstSequence = new Int32Array(1024);
  /** How flows ended, and flows in the order they were emitted. */
  expiration = new Uint8Array(1024);
  volumes = new Float64Array(1024 * VOLUMES);
  begin = new Uint8Array(1024);
  /** By flow, in order of creation: the flow whose piece it is. */
  firstPiece = new Uint32Array(1024);
  emitted = new Uint32Array(1024);
  emittedCount = 0;

  /** Makes room for one flow more, and counts it. */
  add(): number {
    if (this.count === this.expiration.length) this.grow();
    return this.count++;
  }

  /** Flows as columns, in the order they were emitted: what their packets' headers say. */
  columns(conversations: Conversations): FlowColumns {
    const { records, emitted, count } = this;
    const columns = emptyColumns(count);
    const idOf = new Uint32Array(count);
    for (let id = 0; id < count; id++) idOf[emitted[id]] = id;
    for (let id = 0; id < count; id++) {
      const flow = emitted[id];
      const at = flow * STRIDE;
      const conversation = records[at + CONVERSATION];
      const from = records[at + FLAGS] & SWAPPED;
      columns.conversation[id] = conversation;
      columns.swapped[id] = from;
      columns.source[id] = conversations.end(conversation, from);
      columns.destination[id] = conversations.end(conversation, 1 - from);
      columns.sourcePort[id] = conversations.port(conversation, from);
      columns.destinationPort[id] = conversations.port(conversation, 1 - from);
      columns.protocol[id] = conversations.protocol(conversation);
      columns.vlanId[id] = conversations.vlanId(conversation);
      columns.tunnelId[id] = conversations.tunnelId(conversation);
      columns.sinceMs[id] = records[at + FIRST];
      columns.durationMs[id] = records[at + LAST] - records[at + FIRST];
      columns.packetsSent[id] = records[at + PACKETS_SENT];
      columns.packetsReceived[id] = records[at + PACKETS_RECEIVED];
      columns.bytesSent[id] = records[at + BYTES_SENT];
      columns.bytesReceived[id] = records[at + BYTES_RECEIVED];
      const volume = flow * VOLUMES;
      columns.payloadSent[id] = this.volumes[volume + PAYLOAD];
      columns.payloadReceived[id] = this.volumes[volume + PAYLOAD + 1];
      columns.ipBytesSent[id] = this.volumes[volume + IP_BYTES];
      columns.ipBytesReceived[id] = this.volumes[volume + IP_BYTES + 1];
      columns.expirationId[id] = this.expiration[flow];
      columns.begin[id] = this.begin[flow];
      columns.firstPiece[id] = idOf[this.firstPiece[flow]];
      columns.failed[id] = failed(records[at + FLAGS], columns, id);
      columns.observed[id] = (records[at + FLAGS] & ASKED) === 0 ? 0 : OBSERVED.begin;
    }
    return columns;
  }

  private grow(): void {
    const capacity = this.expiration.length * 2;
    this.records = copyInto(new Float64Array(capacity * STRIDE), this.records);
    this.firstSequence = copyInto(new Int32Array(capacity), this.firstSequence);
    this.expiration = copyInto(new Uint8Array(capacity), this.expiration);
    this.volumes = copyInto(new Float64Array(capacity * VOLUMES), this.volumes);
    this.begin = copyInto(new Uint8Array(capacity), this.begin);
    this.firstPiece = copyInto(new Uint32Array(capacity), this.firstPiece);
    this.emitted = copyInto(new Uint32Array(capacity), this.emitted);
  }
}

function copyInto<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(target: T, from: T): T {
  target.set(from);
  return target;
}

/** Payload without a visible answer is a capture of one direction, not a connection that failed. */
function failed(flags: number, { payloadSent, payloadReceived }: FlowColumns, id: number): number {
  return (flags & (ASKED | ANSWERED)) === ASKED && payloadSent[id] === 0 && payloadReceived[id] === 0 ? 1 : 0;
}
