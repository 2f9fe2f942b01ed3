import { type ByteSource, type Packet, PcapngWriter } from 'pcap-ts-parser';
import type { KeptFacts } from '../analysis/capture.ts';
import { mix } from '../analysis/memory/hash.ts';
import { wordAt } from '../analysis/net/address-text.ts';
import { FlowSpans } from '../analysis/net/flow-spans.ts';
import { PacketEnds } from '../analysis/net/packet-ends.ts';
import { readCounted } from '../analysis/reading/read-counted.ts';
import { timeMs } from '../analysis/reading/time.ts';
import type { Analysis } from '../analysis/report/analysis.ts';
import { TakenFragments } from '../export/carve.ts';
import { MOST_KEPT, type PlaceEnds, placesOf } from './evidence.ts';
import type { EvidenceSettings } from './packets-of.ts';

/** Bytes of all packets that are kept, and of those of one connection. */
const MOST_BYTES = 64 << 20;
const MOST_BYTES_EACH = 4 << 20;
/** What a packet costs beside its own bytes. */
const RECORD_BYTES = 32;

/** The first packets of connections as a pcapng. */
export interface KeptPackets {
  pcapng: Uint8Array<ArrayBuffer>;
  told: KeptFacts;
  /** What of the captures could not be read again; '' where all was. */
  unread: string;
}

/**
 * Reads captures once more and keeps the first packets of connections, of each as many bytes as all have room for: what is
 * read of these packets is what the captures say, as far as they go. Of more than `MOST_KEPT` connections the first are
 * kept.
 *
 * @param connections the places that each goes to
 */
export async function keptPackets(
  sources: readonly ByteSource[],
  connections: readonly (readonly PlaceEnds[])[],
  settings: EvidenceSettings,
  onProgress: (bytesRead: number) => void = () => {},
): Promise<KeptPackets> {
  const kept = connections.slice(0, MOST_KEPT);
  const wanted = new WantedEnds(kept);
  const bytesEach = Math.min(MOST_BYTES_EACH, Math.floor(MOST_BYTES / Math.max(1, kept.length)));
  const used = new Float64Array(kept.length);
  const isCut = new Uint8Array(kept.length);
  const writer = new PcapngWriter('Beaconscope');
  const fragments = new TakenFragments();
  const keep = (packet: Packet, connection: number): void => {
    const bytes = packet.capturedLength + RECORD_BYTES;
    // What comes after a gap would look as if it followed what came before.
    if (isCut[connection] === 1 || used[connection] + bytes > bytesEach) {
      isCut[connection] = 1;
      return;
    }
    used[connection] += bytes;
    fragments.took(packet);
    writer.packet(packet);
  };
  let fragmentBytes = 0;
  const takePacket = (packet: Packet): void => {
    if (packet.ipVersion !== 0) {
      const connection = wanted.of(packet);
      if (connection >= 0) keep(packet, connection);
    } else if (fragments.isRest(packet) && fragmentBytes < MOST_BYTES_EACH) {
      fragmentBytes += packet.capturedLength + RECORD_BYTES;
      writer.packet(packet);
    }
  };
  const unread = await readCounted(sources, settings, takePacket, onProgress);
  const cut = isCut.reduce((sum, one) => sum + one, 0);
  return { pcapng: writer.take(), told: { connections: kept.length, cut, bytesEach }, unread };
}

/** The first packets of the connections that are groups of an analysis: see `keptPackets`. */
export function keptPacketsOf(
  analysis: Pick<Analysis, 'endsOf'>,
  groups: Uint32Array,
  sources: readonly ByteSource[],
  settings: EvidenceSettings,
  onProgress?: (bytesRead: number) => void,
): Promise<KeptPackets> {
  const connections = Array.from(groups.subarray(0, MOST_KEPT), (group) => {
    const { source, ends, own } = analysis.endsOf(group);
    return placesOf(source, ends, own);
  });
  return keptPackets(sources, connections, settings, onProgress);
}

/** A place that packets go to, and whose they are: one connection's, or several's by their flows. */
interface WantedPlace {
  ends: PacketEnds;
  connection: number;
  spans: FlowSpans | null;
}

/** Finds which of many connections a packet belongs to: by its addresses, the server's port, the protocol and their flows. */
class WantedEnds {
  private readonly byKey = new Map<number, WantedPlace[]>();
  private readonly shared = new Map<string, FlowSpans>();

  constructor(connections: readonly (readonly PlaceEnds[])[]) {
    for (const [connection, places] of connections.entries()) for (const place of places) this.add(place, connection);
  }

  /** The connection of a packet of IP; -1 for none. */
  of(packet: Packet): number {
    const { destinationPort, sourcePort } = packet;
    const sent = this.find(packet, destinationPort);
    return sent >= 0 || sourcePort === destinationPort ? sent : this.find(packet, sourcePort);
  }

  private add(place: PlaceEnds, connection: number): void {
    const { source, destination, protocol, port, flows } = place;
    const text = `${source} ${destination} ${protocol} ${port}`;
    const known = this.shared.get(text);
    if (flows !== undefined && known !== undefined) {
      known.add(flows, connection);
      return;
    }
    let spans: FlowSpans | null = null;
    if (flows !== undefined) {
      spans = new FlowSpans();
      spans.add(flows, connection);
      this.shared.set(text, spans);
    }
    const ends = new PacketEnds(place);
    const key = keyOf(ends.source, 0, ends.destination, 0, ends.source.length, protocol, port);
    const sharing = this.byKey.get(key);
    if (sharing === undefined) this.byKey.set(key, [{ ends, connection, spans }]);
    else sharing.push({ ends, connection, spans });
  }

  private find(packet: Packet, port: number): number {
    const { bytes, source, destination, ipVersion, protocol } = packet;
    const key = keyOf(bytes, source, bytes, destination, ipVersion === 4 ? 4 : 16, protocol, port);
    for (const { ends, connection, spans } of this.byKey.get(key) ?? []) {
      const isSent = ends.isSent(packet);
      if (!isSent && !ends.isReceived(packet)) continue;
      if (spans === null) return connection;
      const clientPort = isSent ? packet.sourcePort : packet.destinationPort;
      const owner = spans.ownerAt(packet, clientPort, timeMs(packet));
      if (owner >= 0) return owner;
    }
    return -1;
  }
}

/** A hash of both addresses, the same in either order, of the protocol and the server's port. */
function keyOf(
  one: Uint8Array,
  oneAt: number,
  other: Uint8Array,
  otherAt: number,
  length: number,
  protocol: number,
  port: number,
): number {
  // A sum, for whoever sends to itself: with "exclusive or" all of them would have the same key.
  const both = addressHash(one, oneAt, length) + addressHash(other, otherAt, length);
  return mix(both, (protocol << 16) | port);
}

function addressHash(bytes: Uint8Array, at: number, length: number): number {
  let hash = length;
  for (let index = at; index < at + length; index += 4) {
    hash = mix(hash, wordAt(bytes, index));
  }
  return hash;
}
