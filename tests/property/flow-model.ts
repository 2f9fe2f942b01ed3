/** One packet as the model sees it: times in milliseconds, ends as "address:port". */
export interface ModelPacket {
  ms: number;
  from: string;
  to: string;
  bytes: number;
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
}

const IDLE_MS = 120_000;
const ACTIVE_MS = 1_800_000;

/** NFStream's meter in the plainest words: a map of live flows in order of creation, and a list of ended ones. */
export function meterFlows(packets: readonly ModelPacket[]): ModelFlow[] {
  const live = new Map<string, ModelFlow>();
  const ended: ModelFlow[] = [];
  let nowMs = 0;
  let scannedMs = 0;
  const end = (key: string, flow: ModelFlow, expirationId: number): void => {
    live.delete(key);
    ended.push({ ...flow, expirationId });
  };
  for (const packet of packets) {
    nowMs = Math.max(nowMs, packet.ms);
    const key = [packet.from, packet.to].sort().join(' ');
    let flow = live.get(key);
    if (flow !== undefined && nowMs - flow.lastMs >= IDLE_MS) end(key, flow, 0);
    else if (flow !== undefined && nowMs - flow.firstMs >= ACTIVE_MS) end(key, flow, 1);
    flow = live.get(key);
    if (flow === undefined) {
      flow = {
        source: packet.from, destination: packet.to, firstMs: nowMs, lastMs: nowMs, sent: 0, received: 0, sentBytes: 0,
        receivedBytes: 0, expirationId: 0,
      };
      live.set(key, flow);
    }
    flow.lastMs = nowMs;
    const forward = packet.from === flow.source && packet.to === flow.destination;
    if (forward) {
      flow.sent++;
      flow.sentBytes += packet.bytes;
    } else {
      flow.received++;
      flow.receivedBytes += packet.bytes;
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
