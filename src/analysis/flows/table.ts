import { type Packet, PROTOCOL_TCP } from 'pcap-ts-parser';
import { type ApplicationColumns, FlowApplications } from '../applications/flow-applications.ts';
import { FlowObserver } from '../names/flow-observer.ts';
import { Resolutions } from '../names/resolutions.ts';
import type { Settings } from '../settings.ts';
import { PacketClock } from './clock.ts';
import type { FlowColumns } from './columns.ts';
import { Conversations } from './conversations.ts';
import { type FindingColumnNames, FindingColumns } from './finding-columns.ts';

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
const LOOKED_THROUGH = 4;
/** The source began the flow with a SYN, and what it sends first has not come. */
const AWAITS_FIRST = 8;

/** Flags of a TCP header (RFC 9293, section 3.1). */
const SYN = 0x02;
const ACK = 0x10;

/** Packets of a flow that are looked into for names and what else they say. */
const INSPECTED_PACKETS = 20;

/** Packet time between two scans for idle flows, and the most flows one scan ends. */
const SCAN_INTERVAL_MS = 10;
const SCAN_LIMIT = 1000;

const IDLE = 0;
const ACTIVE = 1;

/** Builds flows from packets as NFStream does: see `columns.ts` for the result. */
export class FlowTable {
  readonly clock = new PacketClock();
  private readonly idleTimeoutMs: number;
  private readonly activeTimeoutMs: number;
  private readonly inspectedPackets: number;
  private readonly conversations = new Conversations();
  private readonly observer = new FlowObserver();
  private readonly applications = new FlowApplications();
  private readonly findings = new FindingColumns();
  private count = 0;
  private records = new Float64Array(1024 * STRIDE);
  /** Sequence number that a source's first byte has, while the flow awaits it. */
  private firstSequence = new Int32Array(1024);
  /** How flows ended, and flows in the order they were emitted. */
  private expiration = new Uint8Array(1024);
  private emitted = new Uint32Array(1024);
  private emittedCount = 0;
  /** Every flow created before this one has ended. */
  private oldest = 0;
  private lastScanMs = 0;

  /** With no `inspectedPackets`, nothing is looked into: what that costs can be measured so. */
  constructor(settings: Pick<Settings, 'idleTimeoutMs' | 'activeTimeoutMs'>, inspectedPackets = INSPECTED_PACKETS) {
    this.inspectedPackets = inspectedPackets;
    this.idleTimeoutMs = settings.idleTimeoutMs;
    this.activeTimeoutMs = settings.activeTimeoutMs;
  }

  /** Flows so far. */
  get length(): number {
    return this.count;
  }

  /** Counts a packet that has an IP version. */
  add(packet: Packet): void {
    const nowMs = this.clock.tick(packet);
    const conversation = this.conversations.find(packet);
    const { swapped } = this.conversations;
    let flow = this.conversations.flowOf(conversation);
    if (flow >= 0) {
      const at = flow * STRIDE;
      if (nowMs - this.records[at + LAST] >= this.idleTimeoutMs) {
        this.end(flow, IDLE);
        flow = this.open(conversation, swapped, nowMs, packet);
      } else if (nowMs - this.records[at + FIRST] >= this.activeTimeoutMs) {
        this.end(flow, ACTIVE);
        flow = this.open(conversation, swapped, nowMs, packet);
      }
    } else {
      flow = this.open(conversation, swapped, nowMs, packet);
    }
    const { records } = this;
    const at = flow * STRIDE;
    const forward = ((records[at + FLAGS] & SWAPPED) !== 0) === swapped;
    records[at + LAST] = nowMs;
    if (forward) {
      records[at + PACKETS_SENT]++;
      records[at + BYTES_SENT] += packet.wireLength;
    } else {
      records[at + PACKETS_RECEIVED]++;
      records[at + BYTES_RECEIVED] += packet.wireLength;
    }
    if (packet.payloadLength > 0 && this.inspectedPackets > 0) this.look(flow, packet, forward, nowMs);
    if (nowMs - this.lastScanMs >= SCAN_INTERVAL_MS) this.scan(nowMs);
  }

  /** Ends every live flow, in order of creation. */
  flush(): void {
    for (; this.oldest < this.count; this.oldest++) {
      if ((this.records[this.oldest * STRIDE + FLAGS] & ENDED) === 0) this.end(this.oldest, IDLE);
    }
  }

  /** Starts the clock afresh, for a capture that begins before the one before it ended. */
  restartClock(): void {
    this.flush();
    this.clock.restart();
    this.lastScanMs = 0;
  }

  /** Ends what is live and gives all flows as columns. */
  finish(): FlowColumns {
    this.flush();
    const { conversations, records, emitted, count } = this;
    const columns = emptyColumns(count);
    for (let id = 0; id < count; id++) {
      const flow = emitted[id];
      const at = flow * STRIDE;
      const conversation = records[at + CONVERSATION];
      const from = records[at + FLAGS] & SWAPPED;
      columns.source[id] = conversations.end(conversation, from);
      columns.destination[id] = conversations.end(conversation, 1 - from);
      columns.sourcePort[id] = conversations.port(conversation, from);
      columns.destinationPort[id] = conversations.port(conversation, 1 - from);
      columns.protocol[id] = conversations.protocol(conversation);
      columns.ipVersion[id] = conversations.ipVersion(conversation);
      columns.vlanId[id] = conversations.vlanId(conversation);
      columns.tunnelId[id] = conversations.tunnelId(conversation);
      columns.firstMs[id] = records[at + FIRST];
      columns.lastMs[id] = records[at + LAST];
      columns.packetsSent[id] = records[at + PACKETS_SENT];
      columns.packetsReceived[id] = records[at + PACKETS_RECEIVED];
      columns.bytesSent[id] = records[at + BYTES_SENT];
      columns.bytesReceived[id] = records[at + BYTES_RECEIVED];
      columns.expirationId[id] = this.expiration[flow];
    }
    const inOrder = emitted.subarray(0, count);
    return {
      ...columns,
      addresses: conversations.addresses.texts(),
      ...this.applications.columnsOf(inOrder, columns),
      ...this.findings.columnsOf(inOrder),
    };
  }

  /** Looks into the first packets of a flow, and into all that answer what addresses are called. */
  private look(flow: number, packet: Packet, forward: boolean, nowMs: number): void {
    if (Resolutions.isAnswer(packet)) this.observer.learn(packet, nowMs);
    const { records } = this;
    const at = flow * STRIDE;
    if (records[at + PACKETS_SENT] + records[at + PACKETS_RECEIVED] > this.inspectedPackets) return;
    this.applications.observe(flow, packet, forward);
    const flags = records[at + FLAGS];
    if ((flags & LOOKED_THROUGH) !== 0) return;
    let missing = 0;
    if (forward && (flags & AWAITS_FIRST) !== 0) {
      missing = (packet.tcpSequence - this.firstSequence[flow]) | 0;
      if (missing <= 0) records[at + FLAGS] &= ~AWAITS_FIRST;
    }
    if (this.observer.observe(flow, packet, forward, missing, nowMs)) records[at + FLAGS] |= LOOKED_THROUGH;
  }

  private open(conversation: number, swapped: boolean, nowMs: number, packet: Packet): number {
    const flow = this.count++;
    if (this.count > this.expiration.length) this.grow();
    const at = flow * STRIDE;
    this.records[at + FIRST] = nowMs;
    this.records[at + LAST] = nowMs;
    this.records[at + CONVERSATION] = conversation;
    this.records[at + FLAGS] = swapped ? SWAPPED : 0;
    if (packet.protocol === PROTOCOL_TCP && (packet.tcpFlags & (SYN | ACK)) === SYN) {
      this.records[at + FLAGS] |= AWAITS_FIRST;
      this.firstSequence[flow] = packet.tcpSequence + 1;
    }
    this.findings.setResolvedName(flow, this.observer.resolutions.nameFor(packet, nowMs));
    this.conversations.setFlow(conversation, flow);
    return flow;
  }

  private end(flow: number, expirationId: number): void {
    const at = flow * STRIDE;
    this.records[at + FLAGS] |= ENDED;
    this.conversations.setFlow(this.records[at + CONVERSATION], -1);
    this.expiration[flow] = expirationId;
    const findings = this.observer.take(flow);
    if (findings !== undefined) this.findings.set(flow, findings);
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
    this.emitted = copyInto(new Uint32Array(capacity), this.emitted);
  }
}

function copyInto<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(target: T, from: T): T {
  target.set(from);
  return target;
}

function emptyColumns(length: number): Omit<FlowColumns, FindingColumnNames | keyof ApplicationColumns> {
  return {
    length,
    source: new Uint32Array(length),
    destination: new Uint32Array(length),
    addresses: [],
    sourcePort: new Uint16Array(length),
    destinationPort: new Uint16Array(length),
    protocol: new Uint8Array(length),
    ipVersion: new Uint8Array(length),
    vlanId: new Uint16Array(length),
    tunnelId: new Uint8Array(length),
    firstMs: new Float64Array(length),
    lastMs: new Float64Array(length),
    packetsSent: new Uint32Array(length),
    packetsReceived: new Uint32Array(length),
    bytesSent: new Float64Array(length),
    bytesReceived: new Float64Array(length),
    expirationId: new Uint8Array(length),
    hostName: new Uint32Array(0),
  };
}
