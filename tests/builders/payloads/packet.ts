import { Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { concat } from './bytes.ts';

const BEFORE = 7;
const AFTER = 5;

/** A packet view that holds only what is needed to look into a payload, with other bytes around it. */
function packetWith(protocol: number, sourcePort: number, destinationPort: number, payload: Uint8Array): Packet {
  const packet = new Packet();
  packet.bytes = concat(new Uint8Array(BEFORE).fill(0x16), payload, new Uint8Array(AFTER).fill(0x16));
  packet.payload = BEFORE;
  packet.payloadLength = payload.length;
  packet.capturedLength = payload.length + BEFORE;
  packet.wireLength = packet.capturedLength;
  packet.ipVersion = 4;
  packet.protocol = protocol;
  packet.sourcePort = sourcePort;
  packet.destinationPort = destinationPort;
  return packet;
}

/** A UDP datagram as a packet view. */
export function udpPacket(sourcePort: number, destinationPort: number, payload: Uint8Array): Packet {
  return packetWith(PROTOCOL_UDP, sourcePort, destinationPort, payload);
}

/** A TCP segment as a packet view. */
export function tcpPacket(sourcePort: number, destinationPort: number, sequence: number, payload: Uint8Array): Packet {
  const packet = packetWith(PROTOCOL_TCP, sourcePort, destinationPort, payload);
  packet.tcpSequence = sequence >>> 0;
  return packet;
}
