import type { Packet } from 'pcap-ts-parser';
import { readAddress, readWords } from './address.ts';

/** What packets are looked for by. */
export interface Ends {
  source: string;
  destination: string;
  /** Ports of the destination and of the source; null for any. */
  port: number | null;
  sourcePort: number | null;
  /** IP protocol number; null for any. */
  protocol: number | null;
}

/** Tells the packets between two ends, one way and the other. */
export class PacketEnds {
  private readonly ends: Ends;
  /** Both addresses as they lie in a packet. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;

  /** Throws a `RangeError` for an end that is no IP address. */
  constructor(ends: Ends) {
    this.ends = ends;
    this.source = addressBytes(ends.source);
    this.destination = addressBytes(ends.destination);
  }

  /** Whether a packet of IP goes from the source to the destination. */
  isSent(packet: Packet): boolean {
    const { port, sourcePort, protocol } = this.ends;
    return (
      (protocol === null || packet.protocol === protocol) &&
      (port === null || packet.destinationPort === port) &&
      (sourcePort === null || packet.sourcePort === sourcePort) &&
      holds(packet, packet.source, this.source) &&
      holds(packet, packet.destination, this.destination)
    );
  }

  /** Whether a packet, or a later fragment, lies between both, whatever its ports and its protocol are. */
  hasAddresses(packet: Packet): boolean {
    const { source, destination } = this;
    return (
      (holds(packet, packet.source, source) && holds(packet, packet.destination, destination)) ||
      (holds(packet, packet.source, destination) && holds(packet, packet.destination, source))
    );
  }

  /** Whether a packet of IP comes back from the destination. */
  isReceived(packet: Packet): boolean {
    const { port, sourcePort, protocol } = this.ends;
    return (
      (protocol === null || packet.protocol === protocol) &&
      (port === null || packet.sourcePort === port) &&
      (sourcePort === null || packet.destinationPort === sourcePort) &&
      holds(packet, packet.source, this.destination) &&
      holds(packet, packet.destination, this.source)
    );
  }
}

function holds({ bytes, ipVersion, laterFragment }: Packet, at: number, address: Uint8Array): boolean {
  if (((ipVersion || laterFragment) === 4 ? 4 : 16) !== address.length) return false;
  for (let index = 0; index < address.length; index++) {
    if (bytes[at + index] !== address[index]) return false;
  }
  return true;
}

/** An address as it lies in a packet. */
function addressBytes(text: string): Uint8Array {
  const version = readAddress(text);
  if (version === 0) throw new RangeError(`${text} is not an IP address`);
  return Uint8Array.from(
    { length: version === 4 ? 4 : 16 },
    (_, index) => readWords[index >> 2] >>> (24 - 8 * (index & 3)),
  );
}
