import type { Packet } from '../packet.ts';
import { PORT_ESP } from '../protocols.ts';

const TCP_HEADER = 20;
const UDP_HEADER = 8;
const ESP_HEADER = 8;

/** TCP (RFC 9293). A header shorter than 20 bytes by the IP header's length has no ports. */
export function decodeTcp(packet: Packet, at: number, length: number, end: number): void {
  if (length < TCP_HEADER || at + 4 > end) return withoutPorts(packet);
  const { bytes } = packet;
  packet.sourcePort = (bytes[at] << 8) | bytes[at + 1];
  packet.destinationPort = (bytes[at + 2] << 8) | bytes[at + 3];
  if (at + 14 > end) {
    packet.payload = end;
    packet.payloadLength = 0;
    packet.wirePayloadLength = length - TCP_HEADER;
    return;
  }
  packet.tcpSequence = ((bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7]) >>> 0;
  packet.tcpFlags = bytes[at + 13];
  const header = Math.max(TCP_HEADER, (bytes[at + 12] >> 4) * 4);
  packet.payload = Math.min(at + header, end);
  packet.wirePayloadLength = Math.max(0, length - header);
  packet.payloadLength = end - packet.payload;
}

/** UDP (RFC 768), and what is tunnelled in it. A header shorter than 8 bytes by the IP header's length has no ports. */
export function decodeUdp(packet: Packet, at: number, length: number, end: number): void {
  if (length < UDP_HEADER || at + 4 > end) return withoutPorts(packet);
  const { bytes } = packet;
  const sourcePort = (bytes[at] << 8) | bytes[at + 1];
  const destinationPort = (bytes[at + 2] << 8) | bytes[at + 3];
  packet.sourcePort = sourcePort;
  packet.destinationPort = destinationPort;
  packet.payload = Math.min(at + UDP_HEADER, end);
  packet.payloadLength = end - packet.payload;
  packet.wirePayloadLength = length - UDP_HEADER;
  if ((sourcePort === PORT_ESP || destinationPort === PORT_ESP) && isEsp(packet)) packet.remarks.count('encrypted-ip');
  const { tunnels } = packet;
  const tunnel = tunnels.ofPorts(sourcePort, destinationPort);
  if (tunnel !== 0) tunnels.open(packet, tunnel, packet.payload, end);
}

/** Whether a datagram carries ESP (RFC 3948): no key exchange, which begins with a zero, and no keep-alive of one byte. */
function isEsp({ bytes, payload, payloadLength }: Packet): boolean {
  if (payloadLength < ESP_HEADER) return false;
  return (bytes[payload] | bytes[payload + 1] | bytes[payload + 2] | bytes[payload + 3]) !== 0;
}

function withoutPorts(packet: Packet): void {
  packet.payloadLength = 0;
  packet.wirePayloadLength = 0;
}
