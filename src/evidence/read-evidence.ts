import type { ByteSource, Packet } from 'pcap-ts-parser';
import { keyed } from '../analysis/memory/hash.ts';
import { CLIENT, type Evidence, type Exchange, type FlowEnds, SERVER, type Side } from './evidence.ts';
import { FlowReader } from './flow-reader.ts';
import { type EvidenceSettings, packetsOf } from './packets-of.ts';

/** Requests of a connection that are kept. */
export const MOST_EXCHANGES = 10;
/** Flows whose requests are read: the first ones, some of which may say nothing. */
const MOST_FLOWS = 64;
const PORTS = 65_536;

/**
 * Reads the captures once more for what the packets of connections say, each by the places that it goes to: its first
 * requests, and its first bytes each way. Nothing is kept between two calls.
 */
export async function readEvidence(
  sources: readonly ByteSource[],
  connections: readonly (readonly FlowEnds[])[],
  settings: EvidenceSettings,
  onProgress: (bytesRead: number) => void = () => {},
): Promise<Evidence[]> {
  const readers = connections.map(() => new ConnectionReader());
  const readerOf = connections.flatMap((ends, connection) => ends.map(() => readers[connection]));
  const take = (packet: Packet, flow: number, side: Side, atMs: number): void => {
    readerOf[flow].add(packet, side, atMs);
  };
  const unread = await packetsOf(sources, connections.flat(), settings, take, onProgress);
  return readers.map((reader) => reader.finish(unread));
}

/** What one connection says. */
class ConnectionReader {
  private readonly exchanges: Exchange[] = [];
  private readonly flows = new Map<number, FlowReader>();
  private packets = 0;
  private more = false;

  add(packet: Packet, side: Side, atMs: number): void {
    this.packets++;
    const [clientPort, serverPort] =
      side === CLIENT ? [packet.sourcePort, packet.destinationPort] : [packet.destinationPort, packet.sourcePort];
    // A port of UDP says nothing of the same one of TCP.
    const key = keyed((packet.protocol * PORTS + clientPort) * PORTS + serverPort);
    let flow = this.flows.get(key);
    if (flow === undefined) {
      if (this.flows.size >= MOST_FLOWS) {
        this.more = true;
        return;
      }
      flow = new FlowReader(clientPort, serverPort, this.take);
      this.flows.set(key, flow);
    }
    flow.add(packet, side, atMs);
  }

  finish(unread: string): Evidence {
    const read = [...this.flows.values()];
    for (const flow of read) flow.finish();
    const speaking = read.find(({ first }) => !first[CLIENT].isEmpty || !first[SERVER].isEmpty);
    const heard = speaking === undefined ? read : [speaking];
    return {
      packets: this.packets,
      unread,
      exchanges: this.exchanges.sort((a, b) => a.atMs - b.atMs),
      more: this.more,
      firstSent: speaking?.first[CLIENT].taken() ?? new Uint8Array(0),
      firstReceived: speaking?.first[SERVER].taken() ?? new Uint8Array(0),
      hasSent: heard.some(({ spoke }) => spoke[CLIENT]),
      hasReceived: heard.some(({ spoke }) => spoke[SERVER]),
    };
  }

  private readonly take = (exchange: Exchange): boolean => {
    const isWanted = this.exchanges.length < MOST_EXCHANGES;
    if (isWanted) this.exchanges.push(exchange);
    else this.more = true;
    return isWanted;
  };
}
