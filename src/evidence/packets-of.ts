import { type ByteSource, CaptureError, type Packet, readPackets } from 'pcap-ts-parser';
import { inReadingOrder } from '../analysis/reading/reading-order.ts';
import type { Settings } from '../analysis/settings.ts';
import { readAddress, readWords } from '../analysis/net/address.ts';
import { CLIENT, type FlowEnds, SERVER, type Side } from './evidence.ts';

/** Stamps of flows are whole milliseconds. */
const SLACK_MS = 1;

export type EvidenceSettings = Pick<Settings, 'openTunnels'>;

/** Gets a packet, which of the ends it is between, the side that sent it, and when, in milliseconds since 1970. */
export type PacketTaker = (packet: Packet, flow: number, side: Side, atMs: number) => void;

/**
 * Reads captures once more, front to back, and gives the packets between any of some ends, both ways and whatever their
 * VLAN. Flow logs hold no packets and are passed over, as are captures that cannot be read. Throws a `RangeError` for
 * an end that is no IP address; what `take` and `onProgress` throw ends the reading.
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
      if (wanted[flow].isIn(atMs)) {
        take(packet, flow, side, atMs);
        return;
      }
    }
  };
  let bytesBefore = 0;
  for (const { source, log } of await inReadingOrder(sources)) {
    if (log !== null) continue;
    let read = 0;
    try {
      await readPackets(source, takePacket, {
        openTunnels: settings.openTunnels,
        onProgress: (count) => {
          read = source.packedBytesRead ?? count;
          onProgress(bytesBefore + read);
        },
      });
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
    }
    bytesBefore += read;
  }
}

/** Tells the packets between two ends, one way and the other. */
class WantedFlow {
  private readonly ends: FlowEnds;
  private readonly source: Uint8Array;
  private readonly destination: Uint8Array;

  constructor(ends: FlowEnds) {
    this.ends = ends;
    this.source = addressBytes(ends.source);
    this.destination = addressBytes(ends.destination);
  }

  sideOf(packet: Packet): Side | null {
    const { port, sourcePort, protocol } = this.ends;
    if (protocol !== null && packet.protocol !== protocol) return null;
    if (
      (port === null || packet.destinationPort === port) &&
      (sourcePort === null || packet.sourcePort === sourcePort) &&
      holds(packet, packet.source, this.source) &&
      holds(packet, packet.destination, this.destination)
    )
      return CLIENT;
    const isReceived =
      (port === null || packet.sourcePort === port) &&
      (sourcePort === null || packet.destinationPort === sourcePort) &&
      holds(packet, packet.source, this.destination) &&
      holds(packet, packet.destination, this.source);
    return isReceived ? SERVER : null;
  }

  isIn(atMs: number): boolean {
    const { spanMs } = this.ends;
    return spanMs === null || (atMs >= spanMs.from - SLACK_MS && atMs <= spanMs.to + SLACK_MS);
  }
}

function holds({ bytes, ipVersion }: Packet, at: number, address: Uint8Array): boolean {
  if ((ipVersion === 4 ? 4 : 16) !== address.length) return false;
  for (let index = 0; index < address.length; index++) {
    if (bytes[at + index] !== address[index]) return false;
  }
  return true;
}

/** An address as it lies in a packet. */
function addressBytes(text: string): Uint8Array {
  const version = readAddress(text);
  if (version === 0) throw new RangeError(`${text} is no IP address`);
  return Uint8Array.from(
    { length: version === 4 ? 4 : 16 },
    (_, index) => readWords[index >> 2] >>> (24 - 8 * (index & 3)),
  );
}
