import { type ByteSource, type Packet } from 'pcap-ts-parser';
import { readCounted } from '../analysis/reading/read-counted.ts';
import type { Settings } from '../analysis/settings.ts';
import { PacketEnds } from '../analysis/net/packet-ends.ts';
import { CLIENT, type FlowEnds, type FlowTimes, SERVER, type Side } from './evidence.ts';

/** Stamps of flows are whole milliseconds. */
const SLACK_MS = 1;

export type EvidenceSettings = Pick<Settings, 'openTunnels'>;

/** Gets a packet, which of the ends it is between, the side that sent it, and when, in milliseconds since 1970. */
export type PacketTaker = (packet: Packet, flow: number, side: Side, atMs: number) => void;

/**
 * Reads captures once more and gives the packets between any of some ends, both ways and whatever their VLAN, as the analysis
 * counts them. Throws a `RangeError` for an end that is no IP address; what `take` and `onProgress` throw ends the reading.
 */
export async function packetsOf(
  sources: readonly ByteSource[],
  ends: readonly FlowEnds[],
  settings: EvidenceSettings,
  take: PacketTaker,
  onProgress: (bytesRead: number) => void,
): Promise<void> {
  const wanted = ends.map((one) => new WantedFlow(one));
  const takePacket = (packet: Packet): void => {
    if (packet.ipVersion === 0) return;
    for (let flow = 0; flow < wanted.length; flow++) {
      const side = wanted[flow].sideOf(packet);
      if (side === null) continue;
      const atMs = packet.seconds * 1000 + packet.nanoseconds / 1e6;
      if (wanted[flow].isIn(atMs, side === CLIENT ? packet.sourcePort : packet.destinationPort)) {
        take(packet, flow, side, atMs);
        return;
      }
    }
  };
  await readCounted(sources, settings, takePacket, onProgress);
}

/** Tells the packets of what is looked for, and who sent them. */
class WantedFlow {
  private readonly ends: PacketEnds;
  private readonly spanMs: FlowEnds['spanMs'];
  /** By port of the client: when flows from there were; null where all are meant. */
  private readonly spans: Map<number, { from: number; to: number }[]> | null;

  constructor(flow: FlowEnds) {
    this.ends = new PacketEnds(flow);
    this.spanMs = flow.spanMs;
    this.spans = flow.flows === undefined ? null : spansOf(flow.flows);
  }

  sideOf(packet: Packet): Side | null {
    if (this.ends.isSent(packet)) return CLIENT;
    return this.ends.isReceived(packet) ? SERVER : null;
  }

  isIn(atMs: number, clientPort: number): boolean {
    if (this.spanMs !== null && !isWithin(atMs, this.spanMs)) return false;
    return this.spans === null || (this.spans.get(clientPort)?.some((span) => isWithin(atMs, span)) ?? false);
  }
}

function isWithin(atMs: number, { from, to }: { from: number; to: number }): boolean {
  return atMs >= from - SLACK_MS && atMs <= to + SLACK_MS;
}

function spansOf({ sourcePort, startMs, endMs }: FlowTimes): Map<number, { from: number; to: number }[]> {
  const spans = new Map<number, { from: number; to: number }[]>();
  for (const [flow, port] of sourcePort.entries()) {
    const span = { from: startMs[flow], to: endMs[flow] };
    const known = spans.get(port);
    if (known === undefined) spans.set(port, [span]);
    else known.push(span);
  }
  return spans;
}
