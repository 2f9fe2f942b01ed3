import { firstMsOf, type FlowColumns, lastMsOf } from '../../src/analysis/flows/columns.ts';
import { ACK, RST, SYN } from '../builders/tcp.ts';

/** One packet as the model sees it: times in milliseconds, ends as "address:port". */
export interface ModelPacket {
  ms: number;
  from: string;
  to: string;
  bytes: number;
  /** TCP flags; null for UDP. */
  flags: number | null;
  payload: number;
  ipBytes: number;
}

export interface ModelFlow {
  source: string;
  destination: string;
  firstMs: number;
  lastMs: number;
  sent: number;
  received: number;
  sentBytes: number;
  receivedBytes: number;
  expirationId: number;
  sentPayload: number;
  receivedPayload: number;
  sentIpBytes: number;
  receivedIpBytes: number;
  /** 0 fresh, 1 goes on after an active cut, 2 resumed after an idle one. */
  begin: number;
  /** Which flow, counted from 0 as they were opened, it is a piece of. */
  pieceOf: number;
  /** Which flow it is, counted from 0 as they were opened. */
  opened: number;
  failed: number;
}

/** A live flow, and what its failing depends on. */
interface Live extends ModelFlow {
  asked: boolean;
  answered: boolean;
}

const IDLE_MS = 120_000;
const ACTIVE_MS = 1_800_000;

/** NFStream's meter in the plainest words: a map of live flows in order of creation, and a list of ended ones. */
export function meterFlows(packets: readonly ModelPacket[]): ModelFlow[] {
  const live = new Map<string, Live>();
  const idled = new Set<string>();
  const ended: ModelFlow[] = [];
  let nowMs = 0;
  let scannedMs = 0;
  let opened = 0;
  const end = (key: string, { asked, answered, ...flow }: Live, expirationId: number): void => {
    live.delete(key);
    if (expirationId === 0) idled.add(key);
    const silent = flow.sentPayload === 0 && flow.receivedPayload === 0;
    ended.push({ ...flow, expirationId, failed: asked && !answered && silent ? 1 : 0 });
  };
  for (const packet of packets) {
    nowMs = Math.max(nowMs, packet.ms);
    const key = [packet.from, packet.to].sort().join(' ');
    let flow = live.get(key);
    let cut: ModelFlow | null = null;
    if (flow !== undefined && nowMs - flow.lastMs >= IDLE_MS) {
      end(key, flow, 0);
    } else if (flow !== undefined && nowMs - flow.firstMs >= ACTIVE_MS) {
      cut = flow;
      end(key, flow, 1);
    }
    flow = live.get(key);
    if (flow === undefined) {
      const asked = packet.flags !== null && (packet.flags & (SYN | ACK)) === SYN;
      const begin = asked ? 0 : cut !== null ? 1 : packet.flags !== null && idled.has(key) ? 2 : 0;
      flow = {
        source: packet.from,
        destination: packet.to,
        firstMs: nowMs,
        lastMs: nowMs,
        sent: 0,
        received: 0,
        sentBytes: 0,
        receivedBytes: 0,
        expirationId: 0,
        sentPayload: 0,
        receivedPayload: 0,
        sentIpBytes: 0,
        receivedIpBytes: 0,
        begin,
        opened,
        pieceOf: begin === 1 && cut !== null ? cut.pieceOf : opened,
        failed: 0,
        asked,
        answered: false,
      };
      opened++;
      live.set(key, flow);
    }
    flow.lastMs = nowMs;
    const forward = packet.from === flow.source && packet.to === flow.destination;
    if (forward) {
      flow.sent++;
      flow.sentBytes += packet.bytes;
      flow.sentPayload += packet.payload;
      flow.sentIpBytes += packet.ipBytes;
      // Whoever goes on from a SYN was answered.
      if (packet.flags !== null && (packet.flags & (SYN | RST | ACK)) > SYN) flow.answered = true;
    } else {
      flow.received++;
      flow.receivedBytes += packet.bytes;
      flow.receivedPayload += packet.payload;
      flow.receivedIpBytes += packet.ipBytes;
      if (packet.flags !== null && (packet.flags & RST) === 0) flow.answered = true;
    }
    if (nowMs - scannedMs >= 10) {
      scannedMs = nowMs;
      for (const [oldKey, oldest] of live) {
        if (nowMs - oldest.lastMs < IDLE_MS) break;
        end(oldKey, oldest, 0);
      }
    }
  }
  for (const [key, flow] of live) end(key, flow, 0);
  return ended;
}

/** Flows in the model's words; `expected` are the model's own, which tell in what order flows were opened. */
export function asModelled(flows: FlowColumns, expected: readonly ModelFlow[]): ModelFlow[] {
  const openedOf = expected.map(({ opened }) => opened);
  return Array.from({ length: flows.length }, (_, id) => ({
    source: `${flows.addresses.text(flows.source[id])}:${flows.sourcePort[id]}`,
    destination: `${flows.addresses.text(flows.destination[id])}:${flows.destinationPort[id]}`,
    firstMs: firstMsOf(flows, id),
    lastMs: lastMsOf(flows, id),
    sent: flows.packetsSent[id],
    received: flows.packetsReceived[id],
    sentBytes: flows.bytesSent[id],
    receivedBytes: flows.bytesReceived[id],
    expirationId: flows.expirationId[id],
    sentPayload: flows.payloadSent[id],
    receivedPayload: flows.payloadReceived[id],
    sentIpBytes: flows.ipBytesSent[id],
    receivedIpBytes: flows.ipBytesReceived[id],
    begin: flows.begin[id],
    pieceOf: openedOf[flows.firstPiece[id]],
    opened: openedOf[id],
    failed: flows.failed[id],
  }));
}
