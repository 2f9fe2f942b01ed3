import type { Packet } from '../packet.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from '../packet.ts';
import { decodeTcp } from '../transport/tcp.ts';
import { decodeUdp } from '../transport/udp.ts';
import { decodeIpv4 } from './ipv4.ts';
import { decodeIpv6 } from './ipv6.ts';

const PROTOCOL_IPV4 = 4;
const PROTOCOL_IPV6 = 41;

/** IP inside IP inside IP ...: deeper nesting than this is an attack, not traffic. */
const DEEPEST = 8;

/** Decodes an IP packet whose version only its first nibble tells. Bytes from `end` on are not captured. */
export function decodeInternet(packet: Packet, at: number, end: number, depth = 0): void {
  if (at >= end || depth > DEEPEST) return;
  const version = packet.bytes[at] >> 4;
  if (version === 4) decodeIpv4(packet, at, end, depth);
  else if (version === 6) decodeIpv6(packet, at, end, depth);
}

/**
 * Decodes what an IP header carries. `length` is the payload's length by that header, which may reach beyond `end`
 * in a packet that the snap length cut.
 */
export function decodePayload(
  packet: Packet, protocol: number, at: number, length: number, end: number, depth: number,
): void {
  if (protocol === PROTOCOL_IPV4 || protocol === PROTOCOL_IPV6) {
    const outer = packet.ipVersion;
    packet.ipVersion = 0;
    decodeInternet(packet, at, Math.min(end, at + length), depth + 1);
    if (packet.ipVersion !== 0) return;
    packet.ipVersion = outer;
  }
  packet.protocol = protocol;
  packet.sourcePort = 0;
  packet.destinationPort = 0;
  packet.tcpFlags = 0;
  packet.tcpSequence = 0;
  const captured = Math.min(end, at + length);
  packet.payload = Math.min(at, captured);
  packet.payloadLength = captured - packet.payload;
  if (protocol === PROTOCOL_TCP) decodeTcp(packet, at, length, captured);
  else if (protocol === PROTOCOL_UDP) decodeUdp(packet, at, length, captured, depth);
}
