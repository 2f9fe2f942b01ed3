import type { Packet } from '../packet.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../packet.ts';
import { decodeTcp } from '../transport/tcp.ts';
import { decodeUdp } from '../transport/udp.ts';
import { decodeGreTunnel } from '../tunnel/gre.ts';
import { decodeAuthenticated } from './ah.ts';
import { decodeIpv4 } from './ipv4.ts';
import { decodeIpv6 } from './ipv6.ts';

const PROTOCOL_IPV4 = 4;
const PROTOCOL_IPV6 = 41;
const PROTOCOL_GRE = 47;
const PROTOCOL_AH = 51;

/** IP inside IP inside IP ...: deeper nesting than this is an attack, not traffic. */
export const DEEPEST = 16;

/** Decodes an IP packet whose version only its first nibble tells. Bytes from `end` on are not captured. */
export function decodeInternet(packet: Packet, at: number, end: number): void {
  if (at >= end || packet.layers++ > DEEPEST) return;
  const version = packet.bytes[at] >> 4;
  if (version === 4) decodeIpv4(packet, at, end);
  else if (version === 6) decodeIpv6(packet, at, end);
}

/**
 * Decodes what an IP header carries. `length` is the payload's length by that header, which may reach beyond `end`
 * in a packet that the snap length cut.
 */
export function decodePayload(packet: Packet, protocol: number, at: number, length: number, end: number): void {
  if (protocol === PROTOCOL_IPV4 || protocol === PROTOCOL_IPV6) {
    const { ipVersion: outer, ipLength } = packet;
    packet.ipVersion = 0;
    decodeInternet(packet, at, Math.min(end, at + length));
    if (packet.ipVersion !== 0) return;
    packet.ipVersion = outer;
    packet.ipLength = ipLength;
  }
  packet.protocol = protocol;
  packet.sourcePort = 0;
  packet.destinationPort = 0;
  packet.tcpFlags = 0;
  packet.tcpSequence = 0;
  const captured = Math.min(end, at + length);
  packet.payload = Math.min(at, captured);
  packet.payloadLength = captured - packet.payload;
  packet.wirePayloadLength = length;
  if (protocol === PROTOCOL_TCP) decodeTcp(packet, at, length, captured);
  else if (protocol === PROTOCOL_UDP) decodeUdp(packet, at, length, captured);
  else if (packet.opensTunnels && protocol === PROTOCOL_GRE) decodeGreTunnel(packet, packet.payload, captured);
  else if (packet.opensTunnels && protocol === PROTOCOL_AH) decodeAuthenticated(packet, at, length, captured);
}
