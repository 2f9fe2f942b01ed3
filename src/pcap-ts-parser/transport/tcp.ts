import type { Packet } from '../packet.ts';

const HEADER = 20;

/** TCP (RFC 9293). A header shorter than 20 bytes by the IP header's length has no ports. */
export function decodeTcp(packet: Packet, at: number, length: number, end: number): void {
  if (length < HEADER || at + 4 > end) {
    packet.payloadLength = 0;
    packet.wirePayloadLength = 0;
    return;
  }
  const { bytes } = packet;
  packet.sourcePort = (bytes[at] << 8) | bytes[at + 1];
  packet.destinationPort = (bytes[at + 2] << 8) | bytes[at + 3];
  if (at + 14 > end) {
    packet.payload = end;
    packet.payloadLength = 0;
    packet.wirePayloadLength = length - HEADER;
    return;
  }
  packet.tcpSequence = ((bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7]) >>> 0;
  packet.tcpFlags = bytes[at + 13];
  const header = Math.max(HEADER, (bytes[at + 12] >> 4) * 4);
  packet.payload = Math.min(at + header, end);
  packet.wirePayloadLength = Math.max(0, length - header);
  packet.payloadLength = end - packet.payload;
}
