import { type ByteSource, type Packet } from 'pcap-ts-parser';
import { readCounted } from '../analysis/reading/read-counted.ts';
import { timeMs } from '../analysis/reading/time.ts';
import type { Settings } from '../analysis/settings.ts';
import { PacketEnds } from '../analysis/net/packet-ends.ts';
import { ownPackets, SLACK_MS } from '../analysis/net/flow-spans.ts';
import { CLIENT, type FlowEnds, type PacketTaker, SERVER, type Side } from './evidence.ts';
import { JoinedFragments } from './joined-fragments.ts';

export type EvidenceSettings = Pick<Settings, 'openTunnels'>;

/**
 * Reads captures once more and gives the packets between any of some ends, both ways and whatever their VLAN, as the
 * analysis counts them. One that came in fragments is put together and given behind the last of them, or at the end
 * as far as it goes where some never come; its time is that of the first fragment. Resolves with what of the captures
 * could not be read again, '' where all was. Throws a `RangeError` for an end that is no IP address; what `take` and
 * `onProgress` throw ends the reading.
 */
export async function packetsOf(
  sources: readonly ByteSource[],
  ends: readonly FlowEnds[],
  settings: EvidenceSettings,
  take: PacketTaker,
  onProgress: (bytesRead: number) => void,
): Promise<string> {
  const wanted = ends.map((one) => new WantedFlow(one));
  const joined = new JoinedFragments(take);
  const takePacket = (packet: Packet): void => {
    if (packet.ipVersion === 0) {
      if (packet.laterFragment !== 0 && wanted.some((flow) => flow.hasAddresses(packet))) joined.addLater(packet);
      return;
    }
    for (let flow = 0; flow < wanted.length; flow++) {
      const side = wanted[flow].sideOf(packet);
      if (side === null) continue;
      const atMs = timeMs(packet);
      if (wanted[flow].isIn(packet, side, atMs)) {
        if (packet.fragment === 0) take(packet, flow, side, atMs);
        else joined.addFirst(packet, flow, side, atMs);
        return;
      }
    }
  };
  const unread = await readCounted(sources, settings, takePacket, onProgress);
  joined.flush();
  return unread;
}

/** Tells the packets of what is looked for, and who sent them. */
class WantedFlow {
  private readonly ends: PacketEnds;
  private readonly spanMs: FlowEnds['spanMs'];
  private readonly isOwn: ReturnType<typeof ownPackets>;

  constructor(flow: FlowEnds) {
    this.ends = new PacketEnds(flow);
    this.spanMs = flow.spanMs;
    this.isOwn = ownPackets(flow.flows);
  }

  sideOf(packet: Packet): Side | null {
    if (this.ends.isSent(packet)) return CLIENT;
    return this.ends.isReceived(packet) ? SERVER : null;
  }

  /** Whether a later fragment may be of one of its packets: it has no ports. */
  hasAddresses(packet: Packet): boolean {
    return this.ends.hasAddresses(packet);
  }

  isIn(packet: Packet, side: Side, atMs: number): boolean {
    const { spanMs } = this;
    if (spanMs !== null && (atMs < spanMs.from - SLACK_MS || atMs > spanMs.to + SLACK_MS)) return false;
    return this.isOwn(packet, side === CLIENT ? packet.sourcePort : packet.destinationPort, atMs);
  }
}
