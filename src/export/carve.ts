import { type ByteSource, type Packet, PcapngWriter, PROTOCOL_TCP } from 'pcap-ts-parser';
import { type FlowTimes, ownPackets } from '../analysis/net/flow-spans.ts';
import { RecentMap } from '../analysis/memory/recent-map.ts';
import { wordAt } from '../analysis/net/address-text.ts';
import { PacketEnds } from '../analysis/net/packet-ends.ts';
import { ACK, FlowTable, SYN } from '../analysis/flows/table.ts';
import { isOfServer } from '../analysis/flows/turned-flows.ts';
import { isReply } from '../analysis/protocols/replies.ts';
import { readCounted } from '../analysis/reading/read-counted.ts';
import { timeMs } from '../analysis/reading/time.ts';
import type { Settings } from '../analysis/settings.ts';

/** Packets of which the first fragment was taken that are remembered, the last half of them at least. */
const MOST_FRAGMENTED = 1 << 17;
/** Bytes handed on at a time. */
const PIECE_BYTES = 1 << 20;

/** A connection by its ends; `port` null stands for all ports of the destination. */
export interface ConnectionEnds {
  source: string;
  destination: string;
  port: number | null;
  /** Flows that alone are meant where others go there, too; all without them. */
  flows?: FlowTimes;
}

export interface Carved {
  packets: number;
  bytes: number;
  /** What of the captures could not be read again; '' where all was. */
  unread: string;
}

/** Settings that decide which packets make a flow; with those of the analysis the same packets come out. */
export type CarveSettings = Pick<Settings, 'idleTimeoutMs' | 'activeTimeoutMs' | 'openTunnels' | 'nfstream'>;

/**
 * Cuts the packets of connections out of captures, as a new pcapng: exactly those that the analysis counted to the
 * flows of these connections, in both directions, with their times and lengths. The captures are read once more, front
 * to back, and what is found is handed to `write` piece by piece: neither is ever whole in memory. Flow logs hold no
 * packets and are passed over, as are captures that cannot be read.
 *
 * Throws a `RangeError` for an end that is no IP address. What `write` and `onProgress` throw ends the reading.
 */
export async function carve(
  sources: readonly ByteSource[],
  connections: readonly ConnectionEnds[],
  settings: CarveSettings,
  write: (piece: Uint8Array<ArrayBuffer>) => void,
  onProgress: (bytesRead: number) => void = () => {},
): Promise<Carved> {
  const wanted = connections.map(({ flows, ...ends }) => {
    return { ends: new PacketEnds({ ...ends, sourcePort: null, protocol: null }), isOwn: ownPackets(flows) };
  });
  const table = new FlowTable(settings);
  const turned = new TurnedConversations(settings.nfstream);
  const writer = new PcapngWriter('Beaconscope');
  const fragments = new TakenFragments();
  let bytes = 0;
  const flush = (): void => {
    const piece = writer.take();
    bytes += piece.length;
    write(piece);
  };
  const takePacket = (packet: Packet): void => {
    if (packet.ipVersion === 0) {
      if (fragments.isRest(packet)) writer.packet(packet);
      return;
    }
    const atMs = timeMs(packet);
    const sent = wanted.some(({ ends, isOwn }) => ends.isSent(packet) && isOwn(packet, packet.sourcePort, atMs));
    const received = wanted.some(
      ({ ends, isOwn }) => ends.isReceived(packet) && isOwn(packet, packet.destinationPort, atMs),
    );
    if (!sent && !received) {
      table.clock.tick(packet);
      return;
    }
    // The flow's first packet decides which end is its source, and with it whose connection the flow is.
    const { length } = table;
    table.add(packet);
    if (table.length > length) turned.began(table.conversation, packet);
    if (table.wentForward !== turned.has(table.conversation) ? sent : received) {
      fragments.took(packet);
      writer.packet(packet);
    }
    if (writer.pending >= PIECE_BYTES) flush();
  };
  const unread = await readCounted(sources, settings, takePacket, onProgress);
  flush();
  return { packets: writer.packets, bytes, unread };
}

/** Conversations whose flow is taken to be from the end that its first packet goes to (see `turnedFlows`). */
class TurnedConversations {
  private readonly known = new Set<number>();
  private readonly turned = new Set<number>();
  private readonly isExact: boolean;

  constructor(isExact: boolean) {
    this.isExact = isExact;
  }

  /** A flow begins with a packet. What a timeout cut of a connection of TCP is from whoever speaks up. */
  began(conversation: number, packet: Packet): void {
    const { protocol, tcpFlags, sourcePort, destinationPort } = packet;
    const opening = tcpFlags & (SYN | ACK);
    const goesOn = protocol === PROTOCOL_TCP && this.known.has(conversation);
    this.known.add(conversation);
    const answers = opening === (SYN | ACK) || isReply(packet);
    const isTurned = isOfServer(protocol, answers, sourcePort, destinationPort);
    if (!this.isExact && !goesOn && opening !== SYN && isTurned) this.turned.add(conversation);
    else this.turned.delete(conversation);
  }

  has(conversation: number): boolean {
    return this.turned.has(conversation);
  }
}

/** Finds the later fragments of packets whose first fragment was taken: they have no ports of their own. */
export class TakenFragments {
  private readonly taken = new RecentMap<string, true>(MOST_FRAGMENTED);

  took(packet: Packet): void {
    if (packet.fragment !== 0) this.taken.set(fragmentKey(packet), true);
  }

  isRest(packet: Packet): boolean {
    return packet.laterFragment !== 0 && this.taken.get(fragmentKey(packet)) === true;
  }
}

/**
 * What the fragments of one packet share; of IPv6 each says by itself what follows its header (RFC 8200, section
 * 4.5).
 */
export function fragmentKey(packet: Packet): string {
  const { bytes, source, destination, protocol, fragment, ipVersion, laterFragment } = packet;
  const version = ipVersion || laterFragment;
  let key = version === 4 ? `${protocol} ${fragment}` : `${fragment}`;
  const length = version === 4 ? 4 : 16;
  for (let at = 0; at < length; at += 4) key += ` ${wordAt(bytes, source + at)} ${wordAt(bytes, destination + at)}`;
  return key;
}
