import type { Packet } from '../packet.ts';
import { decodeUdpTunnel } from '../tunnel/udp-tunnel.ts';

const HEADER = 8;

/** UDP (RFC 768), and what is tunnelled in it. A header shorter than 8 bytes by the IP header's length has no ports. */
export function decodeUdp(packet: Packet, at: number, length: number, end: number): void {
  if (length < HEADER || at + 4 > end) {
    packet.payloadLength = 0;
    packet.wirePayloadLength = 0;
    return;
  }
  const { bytes } = packet;
  packet.sourcePort = (bytes[at] << 8) | bytes[at + 1];
  packet.destinationPort = (bytes[at + 2] << 8) | bytes[at + 3];
  packet.payload = Math.min(at + HEADER, end);
  packet.payloadLength = end - packet.payload;
  packet.wirePayloadLength = length - HEADER;
  decodeUdpTunnel(packet, packet.payload, end);
}
