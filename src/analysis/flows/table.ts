import { type Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import type { Settings } from '../settings.ts';
import { PacketClock } from './clock.ts';
import { CONTINUED, emptyColumns, type FlowColumns, FRESH, RESUMED } from './columns.ts';
import { Conversations } from './conversations.ts';
import { DONE, type FlowInspector, TOLD } from './inspector.ts';
import type { BesideFlows } from './whole-flows.ts';
import { OBSERVED, observePackets } from './observed.ts';

/** Numbers of one record: 64 bytes, so that a packet's update stays within a cache line. */
const STRIDE = 8;
const FIRST = 0;
const LAST = 1;
const BYTES_SENT = 2;
const BYTES_RECEIVED = 3;
const PACKETS_SENT = 4;
const PACKETS_RECEIVED = 5;
const CONVERSATION = 6;
const FLAGS = 7;

const SWAPPED = 1;
const ENDED = 2;
/** Nothing more is looked for: its application, and what names it in packets that its source sent, or received. */
const RECOGNISED = 4;
const SENT_READ = 64;
const RECEIVED_READ = 128;
const LOOKED_THROUGH = RECOGNISED | SENT_READ | RECEIVED_READ;
/** The first packet asks for a TCP connection, and either end went on: the other with something else than "no". */
const ASKED = 8;
const ANSWERED = 16;
/** The source began the flow with a SYN, and what it sends first has not come. */
const AWAITS_FIRST = 32;

/** Numbers of a flow's volumes: payload and IP bytes, forward and back. Half a cache line, apart from the record. */
const VOLUMES = 4;
const PAYLOAD = 0;
const IP_BYTES = 2;

/** TCP flags (RFC 9293, section 3.1). */
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** What a conversation keeps in place of a live flow when its last one ended by the idle timeout. */
const IDLED = -2;
const NONE = -1;

/** Packets of a flow that are looked into for names and what else they say. */
const INSPECTED_PACKETS = 20;

/** Packet time between two scans for idle flows, and the most flows one scan ends. */
const SCAN_INTERVAL_MS = 10;
const SCAN_LIMIT = 1000;

const IDLE = 0;
const ACTIVE = 1;

/** When flows end, and whether packets that NFStream leaves out count like any other, as where its tunnels are opened. */
export type MeterSettings = Pick<Settings, 'idleTimeoutMs' | 'activeTimeoutMs'> &
  Partial<Pick<Settings, 'openTunnels' | 'nfstream'>>;

/** Builds flows from packets as NFStream does: see `columns.ts` for the result. */
export class FlowTable {
  readonly clock = new PacketClock();
  /** Conversation of the packet counted last, and whether that packet went from the higher end to the lower. */
  conversation = 0;
  swapped = false;
  /** Whether the packet added last went from its flow's source to its destination. */
  wentForward = false;
  private readonly idleTimeoutMs: number;
  private readonly activeTimeoutMs: number;
  private readonly countsOffloaded: boolean;
  /** Nothing is joined or counted that NFStream does not. */
  private readonly isExact: boolean;
  private readonly inspector: FlowInspector | null;
  private readonly conversations = new Conversations();
  private count = 0;
  private records = new Float64Array(1024 * STRIDE);
  /** Sequence number that a source's first byte has, while the flow awaits it. */
  private firstSequence = new Int32Array(1024);
  /** How flows ended, and flows in the order they were emitted. */
  private expiration = new Uint8Array(1024);
  private volumes = new Float64Array(1024 * VOLUMES);
  private begin = new Uint8Array(1024);
  /** By flow, in order of creation: the flow whose piece it is. */
  private firstPiece = new Uint32Array(1024);
  private emitted = new Uint32Array(1024);
  private emittedCount = 0;
  /** By flow: packets each way that NFStream leaves out, then their frames' bytes. */
  private readonly offloaded = new Map<number, Float64Array>();
  /** Every flow created before this one has ended. */
  private oldest = 0;
  private lastScanMs = 0;

  /** @param inspector reads what payloads say of the flows; without one, flows have no names and no applications */
  constructor(settings: MeterSettings, inspector: FlowInspector | null = null) {
    this.inspector = inspector;
    this.countsOffloaded = settings.openTunnels ?? false;
    this.isExact = settings.nfstream ?? false;
    this.idleTimeoutMs = settings.idleTimeoutMs;
    this.activeTimeoutMs = settings.activeTimeoutMs;
  }

  /** Numbers of the addresses that the packet counted last came from and went to: indexes into `FlowColumns.addresses`. */
  get source(): number {
    return this.conversations.end(this.conversation, this.swapped ? 1 : 0);
  }

  get destination(): number {
    return this.conversations.end(this.conversation, this.swapped ? 0 : 1);
  }

  /** Flows so far. */
  get length(): number {
    return this.count;
  }

  /** Counts a packet that has an IP version. */
  add(packet: Packet): void {
    if (packet.offloaded && !this.countsOffloaded) {
      this.addOffloaded(packet);
      return;
    }
    const nowMs = this.clock.tick(packet);
    const conversation = this.conversations.find(packet);
    const { swapped } = this.conversations;
    this.conversation = this.conversations.whole(conversation);
    this.swapped = swapped;
    let flow = this.conversations.flowOf(conversation);
    if (flow >= 0) {
      const at = flow * STRIDE;
      if (nowMs - this.records[at + LAST] >= this.idleTimeoutMs) {
        this.end(flow, IDLE);
        flow = this.open(conversation, swapped, nowMs, packet, IDLED);
      } else if (nowMs - this.records[at + FIRST] >= this.activeTimeoutMs) {
        this.end(flow, ACTIVE);
        flow = this.open(conversation, swapped, nowMs, packet, flow);
      }
    } else {
      flow = this.open(conversation, swapped, nowMs, packet, flow);
    }
    const { records } = this;
    const at = flow * STRIDE;
    let flags = records[at + FLAGS];
    const forward = ((flags & SWAPPED) !== 0) === swapped;
    this.wentForward = forward;
    if (this.conversation !== conversation) this.answerHalf(this.conversation, swapped, packet);
    records[at + LAST] = nowMs;
    if (forward) {
      records[at + PACKETS_SENT]++;
      records[at + BYTES_SENT] += packet.wireLength;
      // Whoever acknowledges was answered, whether the capture holds that or not.
      if ((flags & (ASKED | ANSWERED)) === ASKED && (packet.tcpFlags & (SYN | RST | ACK)) === ACK)
        records[at + FLAGS] = flags |= ANSWERED;
    } else {
      records[at + PACKETS_RECEIVED]++;
      records[at + BYTES_RECEIVED] += packet.wireLength;
      if ((flags & (ASKED | ANSWERED)) === ASKED && (packet.tcpFlags & RST) === 0)
        records[at + FLAGS] = flags |= ANSWERED;
    }
    const volume = flow * VOLUMES + (forward ? 0 : 1);
    this.volumes[volume + PAYLOAD] += packet.wirePayloadLength;
    this.volumes[volume + IP_BYTES] += packet.ipLength;
    const { inspector } = this;
    if (inspector !== null && packet.payloadLength > 0) {
      inspector.learn(packet, nowMs);
      const looked = RECOGNISED | (forward ? SENT_READ : RECEIVED_READ);
      if ((flags & looked) !== looked) this.look(inspector, flow, packet, forward, nowMs);
    }
    if (nowMs - this.lastScanMs >= SCAN_INTERVAL_MS) this.scan(nowMs);
  }

  /**
   * Counts a packet that NFStream leaves out, for its header does not say how long it is: it begins and ends no flow and
   * moves no clock, but its payload and IP bytes are the live flow's.
   */
  private addOffloaded(packet: Packet): void {
    const conversation = this.conversations.find(packet);
    this.conversation = this.conversations.whole(conversation);
    this.swapped = this.conversations.swapped;
    const flow = this.conversations.flowOf(conversation);
    this.wentForward = flow < 0 || ((this.records[flow * STRIDE + FLAGS] & SWAPPED) !== 0) === this.swapped;
    if (flow < 0 || this.isExact) return;
    const back = this.wentForward ? 0 : 1;
    this.volumes[flow * VOLUMES + back + PAYLOAD] += packet.wirePayloadLength;
    this.volumes[flow * VOLUMES + back + IP_BYTES] += packet.ipLength;
    let counted = this.offloaded.get(flow);
    if (counted === undefined) this.offloaded.set(flow, (counted = new Float64Array(4)));
    counted[back]++;
    counted[2 + back] += packet.wireLength;
    if (this.inspector === null || packet.payloadLength === 0) return;
    this.inspector.learn(packet, this.clock.nowMs);
    this.look(this.inspector, flow, packet, this.wentForward, this.clock.nowMs);
  }

  /** Tells the flow of the half that began of a packet of the other half, which may be the answer it asked for. */
  private answerHalf(whole: number, swapped: boolean, packet: Packet): void {
    const flow = this.conversations.flowOf(whole);
    if (flow < 0) return;
    const at = flow * STRIDE + FLAGS;
    const flags = this.records[at];
    this.wentForward = ((flags & SWAPPED) !== 0) === swapped;
    const answers = !this.wentForward && (packet.tcpFlags & RST) === 0;
    if (answers && (flags & (ASKED | ANSWERED)) === ASKED) this.records[at] = flags | ANSWERED;
  }

  /**
   * A new conversation whose ends talk in another VLAN or tunnel too, where only the other of them has spoken, is the
   * other half of that one: taps and trunks tag the directions differently.
   */
  private joinHalf(conversation: number, swapped: boolean): void {
    const other = this.conversations.alike(conversation);
    const flow = other < 0 ? -1 : this.conversations.flowOf(other);
    if (flow < 0) return;
    const at = flow * STRIDE;
    if (this.records[at + PACKETS_RECEIVED] > 0 || ((this.records[at + FLAGS] & SWAPPED) !== 0) === swapped) return;
    this.conversations.join(conversation, other);
    this.conversation = other;
  }

  /** Ends every live flow, in order of creation. */
  flush(): void {
    for (; this.oldest < this.count; this.oldest++) {
      if ((this.records[this.oldest * STRIDE + FLAGS] & ENDED) === 0) this.end(this.oldest, IDLE);
    }
  }

  /** Ends what is live and gives all flows as columns. */
  finish(): FlowColumns {
    this.flush();
    const { conversations, records, emitted, count } = this;
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
    const inOrder = emitted.subarray(0, count);
    const whole = {
      ...columns,
      addresses: conversations.addresses.texts(),
      ...this.inspector?.columnsOf(inOrder, columns),
    };
    observePackets(whole);
    return whole;
  }

  /** What was counted beside the flows of `finish`, for `wholeFlows`. */
  beside(): BesideFlows {
    const { emitted, records, conversations, count, offloaded, idleTimeoutMs } = this;
    const whole = new Uint32Array(count);
    const byId = new Map<number, Float64Array>();
    for (let id = 0; id < count; id++) {
      whole[id] = conversations.whole(records[emitted[id] * STRIDE + CONVERSATION]);
      const counted = offloaded.size === 0 ? undefined : offloaded.get(emitted[id]);
      if (counted !== undefined) byId.set(id, counted);
    }
    return { whole, offloaded: byId, idleTimeoutMs };
  }

  /** Looks into one of the first packets of a flow, for what is not known yet. */
  private look(inspector: FlowInspector, flow: number, packet: Packet, forward: boolean, nowMs: number): void {
    const { records } = this;
    const at = flow * STRIDE;
    if (records[at + PACKETS_SENT] + records[at + PACKETS_RECEIVED] > INSPECTED_PACKETS) {
      records[at + FLAGS] |= LOOKED_THROUGH;
      return;
    }
    let flags = records[at + FLAGS];
    if ((flags & RECOGNISED) === 0 && inspector.recognise(flow, packet, forward)) flags |= RECOGNISED;
    const read = forward ? SENT_READ : RECEIVED_READ;
    if ((flags & read) === 0) {
      let missing = 0;
      if (forward && (flags & AWAITS_FIRST) !== 0) {
        missing = (packet.tcpSequence - this.firstSequence[flow]) | 0;
        if (missing <= 0) flags &= ~AWAITS_FIRST;
      }
      const progress = inspector.observe(flow, packet, forward, missing, nowMs);
      if (progress === DONE) flags |= SENT_READ | RECEIVED_READ;
      else if (progress === TOLD && missing <= 0) flags |= read;
    }
    records[at + FLAGS] = flags;
  }

  /**
   * @param packet the flow's first
   * @param before the flow that the active timeout cut for it, or `IDLED`, or `NONE`
   */
  private open(conversation: number, swapped: boolean, nowMs: number, packet: Packet, before: number): number {
    if (before === NONE && !this.isExact) this.joinHalf(conversation, swapped);
    const flow = this.count++;
    if (this.count > this.expiration.length) this.grow();
    const at = flow * STRIDE;
    // A handshake on ports used before is a new connection, whatever the timeouts made of the last one.
    const asked = (packet.tcpFlags & (SYN | ACK)) === SYN;
    const begin =
      asked || before === NONE ? FRESH : before >= 0 ? CONTINUED : packet.protocol === PROTOCOL_TCP ? RESUMED : FRESH;
    this.begin[flow] = begin;
    this.firstPiece[flow] = begin === CONTINUED ? this.firstPiece[before] : flow;
    this.records[at + FIRST] = nowMs;
    this.records[at + LAST] = nowMs;
    this.records[at + CONVERSATION] = conversation;
    this.records[at + FLAGS] = swapped ? SWAPPED : 0;
    if (asked) {
      this.records[at + FLAGS] |= ASKED | AWAITS_FIRST;
      this.firstSequence[flow] = packet.tcpSequence + 1;
    }
    this.inspector?.begin(flow, packet, nowMs);
    this.conversations.setFlow(conversation, flow);
    return flow;
  }

  private end(flow: number, expirationId: number): void {
    const at = flow * STRIDE;
    this.records[at + FLAGS] |= ENDED;
    this.conversations.setFlow(this.records[at + CONVERSATION], expirationId === IDLE ? IDLED : NONE);
    this.expiration[flow] = expirationId;
    this.inspector?.end(flow);
    this.emitted[this.emittedCount++] = flow;
  }

  /** Ends idle flows from the oldest on, and stops at the first live one: that decides the order of emission. */
  private scan(nowMs: number): void {
    this.lastScanMs = nowMs;
    let ended = 0;
    while (this.oldest < this.count && ended < SCAN_LIMIT) {
      const at = this.oldest * STRIDE;
      if ((this.records[at + FLAGS] & ENDED) === 0) {
        if (nowMs - this.records[at + LAST] < this.idleTimeoutMs) return;
        this.end(this.oldest, IDLE);
        ended++;
      }
      this.oldest++;
    }
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
