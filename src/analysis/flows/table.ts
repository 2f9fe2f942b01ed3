import { type Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import { isReply } from '../protocols/replies.ts';
import type { Settings } from '../settings.ts';
import { PacketClock } from './clock.ts';
import { CONTINUED, type FlowColumns, FRESH, RESUMED } from './columns.ts';
import { Conversations } from './conversations.ts';
import {
  ANSWERED,
  ANSWERS_FIRST,
  ASKED,
  AWAITS_FIRST,
  BYTES_RECEIVED,
  BYTES_SENT,
  CONVERSATION,
  ENDED,
  FIRST,
  FLAGS,
  FlowStore,
  LAST,
  PACKETS_RECEIVED,
  PACKETS_SENT,
  RECEIVED_READ,
  RECOGNISED,
  SENT_READ,
  SWAPPED,
} from './flow-store.ts';
import type { FlowInspector } from './inspector.ts';
import { lookInto, noteCut } from './look.ts';
import { type MeteredFlows, meteredFlows, type Metering } from './metered-flows.ts';
import { OffloadedFrames } from './offloaded.ts';
import { SaneTimes } from './sane-times.ts';

/** A flood of single packets ends here: less than 2 GB with all that conversations and sessions take. */
export const MOST_FLOWS = 5_000_000;

/** TCP flags (RFC 9293, section 3.1). */
export const SYN = 0x02;
export const ACK = 0x10;
const RST = 0x04;

/** What a conversation keeps in place of a live flow: when its last one ended by the idle timeout, and without one. */
const [IDLED, NONE] = [-2, -1];

/** Packet time between two scans for idle flows, and the most flows one scan ends. */
const SCAN_INTERVAL_MS = 10;
const SCAN_LIMIT = 1000;

const [IDLE, ACTIVE] = [0, 1];

/** Packets of a flow whose order says how it began: those of a handshake. */
const FIRST_FEW = 4;

/** When flows end, and whether packets that NFStream leaves out count, as where its tunnels are opened. */
export type MeterSettings = Pick<Settings, 'idleTimeoutMs' | 'activeTimeoutMs'> &
  Partial<Pick<Settings, 'openTunnels' | 'nfstream'>>;

/** Builds flows from packets as NFStream does: see `columns.ts` for the result. */
export class FlowTable {
  readonly clock: PacketClock;
  /** Packets of flows that found no room. */
  leftOut = 0;
  /** Conversation of the packet counted last, -1 where it found no room or there is none; whether it went from the higher end down. */
  conversation = -1;
  swapped = false;
  /** Whether the packet added last went from its flow's source to its destination. */
  wentForward = false;
  private readonly idleTimeoutMs: number;
  private readonly activeTimeoutMs: number;
  private readonly countsOffloaded: boolean;
  /** Nothing is joined or counted that NFStream does not. */
  private readonly isExact: boolean;
  private readonly inspector: FlowInspector | null;
  private readonly conversations: Conversations;
  /** Conversations and flows that are kept. */
  readonly most: number;
  private store = new FlowStore();
  readonly offloaded = new OffloadedFrames();
  private readonly saneTimes = new SaneTimes();
  /** Every flow created before this one has ended. */
  private oldest = 0;
  private lastScanMs = 0;

  /**
   * @param inspector reads what payloads say of the flows; without one, flows have no names and no applications
   * @param most conversations and flows that are kept; fewer where there is less memory, and in tests
   */
  constructor(settings: MeterSettings, inspector: FlowInspector | null = null, most = MOST_FLOWS) {
    this.conversations = new Conversations(most);
    this.most = most;
    this.inspector = inspector;
    this.countsOffloaded = settings.openTunnels ?? false;
    this.isExact = settings.nfstream ?? false;
    this.clock = new PacketClock(this.isExact);
    this.idleTimeoutMs = settings.idleTimeoutMs;
    this.activeTimeoutMs = settings.activeTimeoutMs;
  }

  /** Places in `FlowColumns.addresses` of where the packet counted last came from, and where it went. */
  get source(): number {
    return this.conversations.end(this.conversation, this.swapped ? 1 : 0);
  }

  get destination(): number {
    return this.conversations.end(this.conversation, this.swapped ? 0 : 1);
  }

  /** Whether the packet counted last is among the first of its flow: the order of those says who began it. */
  get hasJustBegun(): boolean {
    const flow = this.conversation < 0 ? NONE : this.conversations.flowOf(this.conversation);
    const { records } = this.store;
    return flow >= 0 && records.get(flow, PACKETS_SENT) + records.get(flow, PACKETS_RECEIVED) <= FIRST_FEW;
  }

  /** Flows so far. */
  get length(): number {
    return this.store.count;
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
    let flow = conversation < 0 ? NONE : this.conversations.flowOf(conversation);
    if (conversation < 0 || (this.store.count >= this.most && !this.goesOn(flow, nowMs))) {
      this.leftOut++;
      return;
    }
    if (flow >= 0) {
      if (nowMs - this.store.records.get(flow, LAST) >= this.idleTimeoutMs) {
        this.end(flow, IDLE);
        flow = this.open(conversation, swapped, nowMs, packet, IDLED);
      } else if (nowMs - this.store.records.get(flow, FIRST) >= this.activeTimeoutMs) {
        this.end(flow, ACTIVE);
        flow = this.open(conversation, swapped, nowMs, packet, flow);
      } else if (!this.isExact && this.saneTimes.isOver(flow, this.clock.trustedMs, this.idleTimeoutMs)) {
        flow = this.saneTimes.partOf(flow, this.open(conversation, swapped, nowMs, packet, IDLED));
      }
    } else {
      flow = this.open(conversation, swapped, nowMs, packet, flow);
    }
    const records = this.store.records.chunk(flow);
    const at = this.store.records.place(flow);
    let flags = records[at + FLAGS];
    const forward = ((flags & SWAPPED) !== 0) === swapped;
    this.wentForward = forward;
    if (this.conversation !== conversation) this.answerHalf(this.conversation, swapped, packet);
    if (packet.misdated || this.saneTimes.hasBegun)
      this.saneTimes.note(flow, packet, this.store.records, this.clock.trustedMs);
    records[at + LAST] = nowMs;
    if (forward) {
      records[at + PACKETS_SENT]++;
      records[at + BYTES_SENT] += packet.wireLength;
      // Whoever goes on from a SYN was answered, whether the capture holds that or not.
      if ((flags & (ASKED | ANSWERED)) === ASKED && (packet.tcpFlags & (SYN | RST | ACK)) > SYN)
        records[at + FLAGS] = flags |= ANSWERED;
    } else {
      records[at + PACKETS_RECEIVED]++;
      records[at + BYTES_RECEIVED] += packet.wireLength;
      if ((flags & (ASKED | ANSWERED)) === ASKED && (packet.tcpFlags & RST) === 0)
        records[at + FLAGS] = flags |= ANSWERED;
    }
    this.store.addVolume(flow, forward ? 0 : 1, packet.wirePayloadLength, packet.ipLength);
    const { inspector } = this;
    if (inspector !== null && packet.wirePayloadLength > packet.payloadLength) noteCut(this.store, flow, packet);
    if (inspector !== null && packet.payloadLength > 0) {
      inspector.learn(packet, this.clock.trustedMs);
      const looked = RECOGNISED | (forward ? SENT_READ : RECEIVED_READ);
      if ((flags & looked) !== looked) lookInto(this.store, inspector, flow, packet, forward, this.clock.trustedMs);
    }
    if (nowMs - this.lastScanMs >= SCAN_INTERVAL_MS) this.scan(nowMs);
  }

  /**
   * Counts a packet that NFStream leaves out, for its header does not say how long it is: it begins and ends no flow
   * and moves no clock, but its payload and IP bytes are the live flow's, where there is one.
   */
  private addOffloaded(packet: Packet): void {
    const conversation = this.conversations.find(packet);
    this.conversation = this.conversations.whole(conversation);
    this.swapped = this.conversations.swapped;
    if (conversation < 0) {
      this.leftOut++;
      return;
    }
    const flow = this.conversations.flowOf(conversation);
    this.wentForward = flow < 0 || ((this.store.records.get(flow, FLAGS) & SWAPPED) !== 0) === this.swapped;
    if (flow < 0) this.offloaded.flowless++;
    if (flow < 0 || this.isExact) return;
    this.countBeside(flow, packet, 1);
    if (this.inspector === null || packet.payloadLength === 0) return;
    this.inspector.learn(packet, this.clock.trustedMs);
    lookInto(this.store, this.inspector, flow, packet, this.wentForward, this.clock.trustedMs);
  }

  /** Takes back what was counted last, which the capture held before: NFStream alone counts it twice. */
  takeBack(packet: Packet): void {
    const flow = this.conversation < 0 ? NONE : this.conversations.flowOf(this.conversation);
    if (flow >= 0) this.countBeside(flow, packet, -1);
  }

  /** Counts a packet of a flow beside NFStream's counts, or takes it out of what they come to. */
  private countBeside(flow: number, packet: Packet, count: 1 | -1): void {
    const back = this.wentForward ? 0 : 1;
    this.store.addVolume(flow, back, count * packet.wirePayloadLength, count * packet.ipLength);
    this.offloaded.add(flow, back, count, packet.wireLength);
  }

  /** Tells the flow of the half that began of a packet of the other half, which may be the answer it asked for. */
  private answerHalf(whole: number, swapped: boolean, packet: Packet): void {
    const flow = this.conversations.flowOf(whole);
    if (flow < 0) return;
    const { records } = this.store;
    const flags = records.get(flow, FLAGS);
    this.wentForward = ((flags & SWAPPED) !== 0) === swapped;
    const answers = !this.wentForward && (packet.tcpFlags & RST) === 0;
    if (answers && (flags & (ASKED | ANSWERED)) === ASKED) records.set(flow, FLAGS, flags | ANSWERED);
  }

  /**
   * A new conversation whose ends talk in another VLAN or tunnel too, where only the other of them has spoken, is the
   * other half of that one: taps and trunks tag the directions differently.
   */
  private joinHalf(conversation: number, swapped: boolean): void {
    const other = this.conversations.alike(conversation);
    const flow = other < 0 ? -1 : this.conversations.flowOf(other);
    if (flow < 0) return;
    const { records } = this.store;
    if (records.get(flow, PACKETS_RECEIVED) > 0 || ((records.get(flow, FLAGS) & SWAPPED) !== 0) === swapped) return;
    this.conversations.join(conversation, other);
    this.conversation = other;
  }

  /** Ends every live flow, in order of creation. */
  flush(): void {
    for (; this.oldest < this.store.count; this.oldest++) {
      if ((this.store.records.get(this.oldest, FLAGS) & ENDED) === 0) this.end(this.oldest, IDLE);
    }
  }

  /** Ends what is live and gives all flows. Everything else is let go of, as early as it can be. */
  finish(): MeteredFlows {
    this.flush();
    const { conversations } = this;
    conversations.endLookups();
    const emitted = this.store.emitted.subarray(0, this.length);
    const columns = this.columnsOf(emitted, true);
    this.store = new FlowStore();
    const addresses = conversations.addresses.list();
    conversations.release();
    return meteredFlows(this.beside, emitted, { ...columns, addresses });
  }

  /**
   * What `finish` would give if no packet came any more; nothing is changed by it. Only of a message that is not whole it
   * says nothing: what there is of it is read when its flow ends.
   */
  soFar(): MeteredFlows {
    const emitted = this.store.emittedSoFar();
    const addresses = this.conversations.addresses.list();
    return meteredFlows(this.beside, emitted, { ...this.columnsOf(emitted, false), addresses });
  }

  private get beside(): Metering {
    const { conversations, saneTimes, inspector, offloaded, idleTimeoutMs, isExact } = this;
    return { conversations, saneTimes, inspector, offloaded, idleTimeoutMs, isExact };
  }

  /** What headers say of all flows. */
  private columnsOf(emitted: Uint32Array, isLast: boolean): FlowColumns {
    const { conversations, offloaded } = this;
    return this.store.columns(emitted, conversations, offloaded.size === 0 && !conversations.hasHalves, isLast);
  }

  /** Whether a packet at this time goes on with a live flow. */
  private goesOn(flow: number, nowMs: number): boolean {
    const { records } = this.store;
    if (flow < 0 || nowMs - records.get(flow, LAST) >= this.idleTimeoutMs) return false;
    return nowMs - records.get(flow, FIRST) < this.activeTimeoutMs;
  }

  /**
   * @param packet the flow's first
   * @param before the flow that the active timeout cut for it, or `IDLED`, or `NONE`
   */
  private open(conversation: number, swapped: boolean, nowMs: number, packet: Packet, before: number): number {
    if (before === NONE && !this.isExact) this.joinHalf(conversation, swapped);
    const flow = this.store.add();
    const records = this.store.records.chunk(flow);
    const at = this.store.records.place(flow);
    // A handshake on ports used before is a new connection, whatever the timeouts made of the last one.
    const opening = packet.tcpFlags & (SYN | ACK);
    const asked = opening === SYN;
    const begin =
      asked || before === NONE ? FRESH : before >= 0 ? CONTINUED : packet.protocol === PROTOCOL_TCP ? RESUMED : FRESH;
    this.store.begin[flow] = begin;
    this.store.firstPiece[flow] = begin === CONTINUED ? this.store.firstPiece[before] : flow;
    records[at + FIRST] = nowMs;
    records[at + LAST] = nowMs;
    records[at + CONVERSATION] = conversation;
    const answers = opening === (SYN | ACK) || isReply(packet);
    const opened = asked ? ASKED | AWAITS_FIRST : answers ? ANSWERS_FIRST : 0;
    records[at + FLAGS] = (swapped ? SWAPPED : 0) | opened;
    if (asked) this.store.firstSequence[flow] = packet.tcpSequence + 1;
    this.inspector?.begin(flow, packet, this.clock.trustedMs);
    this.conversations.setFlow(conversation, flow);
    return flow;
  }

  private end(flow: number, expirationId: number): void {
    const { records } = this.store;
    records.set(flow, FLAGS, records.get(flow, FLAGS) | ENDED);
    const conversation = records.get(flow, CONVERSATION);
    const after = expirationId === IDLE ? IDLED : NONE;
    if (this.conversations.flowOf(conversation) === flow) this.conversations.setFlow(conversation, after);
    this.store.expiration[flow] = expirationId;
    this.inspector?.end(flow);
    this.store.emitted[this.store.emittedCount++] = flow;
  }

  /** Ends idle flows from the oldest on, and stops at the first live one: that decides the order of emission. */
  private scan(nowMs: number): void {
    this.lastScanMs = nowMs;
    let ended = 0;
    while (this.oldest < this.store.count && ended < SCAN_LIMIT) {
      const { records } = this.store;
      if ((records.get(this.oldest, FLAGS) & ENDED) === 0) {
        if (nowMs - records.get(this.oldest, LAST) < this.idleTimeoutMs) return;
        this.end(this.oldest, IDLE);
        ended++;
      }
      this.oldest++;
    }
  }
}
