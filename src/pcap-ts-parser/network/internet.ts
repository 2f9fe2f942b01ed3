import type { Packet } from '../packet.ts';
import {
  DESTINATION_OPTIONS,
  FRAGMENT,
  HOP_BY_HOP,
  MOBILITY,
  NO_NEXT_HEADER,
  PROTOCOL_ESP,
  PROTOCOL_IPV4,
  PROTOCOL_IPV6,
  PROTOCOL_L2TP,
  PROTOCOL_TCP,
  PROTOCOL_UDP,
  ROUTING,
} from '../protocols.ts';
import { decodeTcp, decodeUdp } from './transport.ts';

/** IP inside IP inside IP ...: deeper nesting than this is an attack, not traffic. */
export const DEEPEST = 16;

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
/** In the two bytes of an IPv4 header that place a fragment: more fragments follow, and the offset. */
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;

/** Decodes an IP packet whose version only its first nibble tells. Bytes from `end` on are not captured. */
export function decodeInternet(packet: Packet, at: number, end: number): void {
  if (at >= end || packet.layers++ > DEEPEST) return;
  const version = packet.bytes[at] >> 4;
  if (version === 4) decodeIpv4(packet, at, end);
  else if (version === 6) decodeIpv6(packet, at, end);
  else packet.remarks.count('damaged-ip');
}

/**
 * IPv4 (RFC 791). Later fragments make no flow, for they carry no ports; the first fragment does. A total length of 0
 * is left by segmentation offload: such a packet is as long as its frame.
 */
function decodeIpv4(packet: Packet, at: number, end: number): void {
  if (end - at < IPV4_HEADER) return packet.remarks.count('damaged-ip');
  const { bytes } = packet;
  const headerLength = (bytes[at] & 0x0f) * 4;
  let totalLength = (bytes[at + 2] << 8) | bytes[at + 3];
  if (totalLength === 0) totalLength = offloadedLength(packet, at, end);
  if (headerLength < IPV4_HEADER || totalLength < headerLength) return packet.remarks.count('damaged-ip');
  const place = (bytes[at + 6] << 8) | bytes[at + 7];
  let isFragment = false;
  if ((place & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) !== 0) {
    const identification = (bytes[at + 4] << 8) | bytes[at + 5];
    const later = (place & FRAGMENT_OFFSET) !== 0;
    packet.remarks.fragment(bytes, at + 12, 8, (identification << 8) | bytes[at + 9], later);
    packet.fragment = identification + 1;
    packet.fragmentAt = (place & FRAGMENT_OFFSET) * 8;
    packet.lastFragment = (place & MORE_FRAGMENTS) === 0;
    isFragment = true;
    if (later) return noteLater(packet, 4, at + 12, bytes[at + 9], at + headerLength, totalLength - headerLength, end);
  }
  packet.ipVersion = 4;
  packet.ipLength = totalLength;
  packet.source = at + 12;
  packet.destination = at + 16;
  decodePayload(packet, bytes[at + 9], at + headerLength, totalLength - headerLength, end);
  if (isFragment) placeFirst(packet, at + 12, at + headerLength);
}

/**
 * IPv6 (RFC 8200) with its extension headers. Later fragments, and packets that say nothing follows, make no flow. A
 * payload length of 0 is left by segmentation offload of TCP: such a packet is as long as its frame. So are jumbograms
 * (RFC 2675), and other such packets, where tunnels that NFStream leaves closed are opened: it takes them for empty.
 */
function decodeIpv6(packet: Packet, at: number, end: number): void {
  if (end - at < IPV6_HEADER) return packet.remarks.count('damaged-ip');
  const { bytes } = packet;
  let length = (bytes[at + 4] << 8) | bytes[at + 5];
  let next = bytes[at + 6];
  if (length === 0 && (next === PROTOCOL_TCP || packet.opensTunnels))
    length = offloadedLength(packet, at, end) - IPV6_HEADER;
  const ipLength = IPV6_HEADER + length;
  let position = at + IPV6_HEADER;
  let fragmented = 0;
  for (;;) {
    let headerLength: number;
    if (next === HOP_BY_HOP || next === ROUTING || next === DESTINATION_OPTIONS || next === MOBILITY) {
      if (position + 2 > end) break;
      headerLength = (bytes[position + 1] + 1) * 8;
    } else if (next === FRAGMENT) {
      if (position + 8 > end) break;
      headerLength = 8;
      if (isLaterFragment(packet, at, position))
        return noteLater(packet, 6, at + 8, bytes[position], position + headerLength, length - headerLength, end);
      if (packet.fragment !== 0) fragmented = position + headerLength;
    } else {
      break;
    }
    if (headerLength > length) return packet.remarks.count('damaged-ip');
    next = bytes[position];
    position += headerLength;
    length -= headerLength;
  }
  if (next === NO_NEXT_HEADER) return;
  packet.ipVersion = 6;
  packet.ipLength = ipLength;
  packet.source = at + 8;
  packet.destination = at + 24;
  decodePayload(packet, next, position, length, end);
  if (fragmented > 0) placeFirst(packet, at + 8, fragmented);
}

/**
 * Notes what the fragment header at `position` of the packet at `at` says; whether it is a later fragment. A packet
 * that is whole in one fragment (RFC 6946) has no later ones.
 */
function isLaterFragment(packet: Packet, at: number, position: number): boolean {
  const { bytes, remarks } = packet;
  const place = (bytes[position + 2] << 8) | bytes[position + 3];
  if (place === 0) return false;
  const identification = (bytes[position + 4] << 24) | (bytes[position + 5] << 16);
  const number = identification | (bytes[position + 6] << 8) | bytes[position + 7];
  const later = place >> 3 !== 0;
  remarks.fragment(bytes, at + 8, 32, number, later);
  packet.fragment = (number >>> 0) + 1;
  packet.fragmentAt = place & ~7;
  packet.lastFragment = (place & 1) === 0;
  return later;
}

/**
 * Notes what is known of a later fragment with addresses at `addresses`, whose payload of `length` bytes begins at
 * `at`.
 */
function noteLater(
  packet: Packet,
  version: 4 | 6,
  addresses: number,
  protocol: number,
  at: number,
  length: number,
  end: number,
): void {
  packet.laterFragment = version;
  packet.source = addresses;
  packet.destination = addresses + (version === 4 ? 4 : 16);
  packet.protocol = protocol;
  packet.payload = Math.min(at, end);
  packet.payloadLength = Math.max(0, Math.min(end, at + length) - packet.payload);
  packet.wirePayloadLength = Math.max(0, length);
}

/** Notes where the payload of a first fragment lies in what all carry, whose first byte is at `at`. */
function placeFirst(packet: Packet, source: number, at: number): void {
  packet.fragmentAt = packet.source === source ? packet.payload - at : -1;
}

/** Bytes of an IP packet at `at` that does not say how long it is, and a mark that it does not. */
function offloadedLength(packet: Packet, at: number, end: number): number {
  packet.offloaded = true;
  const { start, capturedLength, wireLength } = packet;
  const cut = end === start + capturedLength ? Math.max(0, wireLength - capturedLength) : 0;
  return end - at + cut;
}

/**
 * Decodes what an IP header carries. `length` is the payload's length by that header, which may reach beyond `end`
 * in a packet that the snap length cut.
 */
function decodePayload(packet: Packet, protocol: number, at: number, length: number, end: number): void {
  if (protocol === PROTOCOL_IPV4 || protocol === PROTOCOL_IPV6) {
    const { ipVersion: outer, ipLength, source, destination, fragment, fragmentAt } = packet;
    packet.ipVersion = 0;
    packet.remarks.silently(() => decodeInternet(packet, at, Math.min(end, at + length)));
    if (packet.ipVersion !== 0) return;
    packet.ipVersion = outer;
    packet.ipLength = ipLength;
    packet.source = source;
    packet.destination = destination;
    packet.fragment = fragment;
    packet.fragmentAt = fragmentAt;
    packet.laterFragment = 0;
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
  else if (protocol === PROTOCOL_ESP) packet.remarks.count('encrypted-ip');
  else if (protocol === PROTOCOL_L2TP) packet.remarks.count('agreed-tunnel');
  else if (packet.tunnels.ofProtocol[protocol] !== 0)
    packet.tunnels.open(packet, packet.tunnels.ofProtocol[protocol], packet.payload, captured);
}

/**
 * IP authentication header (RFC 4302), which leaves what it signs in the clear: the protocol that follows, and its own
 * length in units of four bytes, less two. NFStream takes it for the flow's protocol.
 */
export function decodeAuthenticated(packet: Packet, at: number, end: number): void {
  const { wirePayloadLength: length } = packet;
  // The addresses stand side by side in both versions: their distance is their length.
  packet.ipVersion = packet.destination - packet.source === 4 ? 4 : 6;
  const header = end - at < 12 ? 0 : (packet.bytes[at + 1] + 2) * 4;
  if (header < 12 || header > length || packet.layers++ > DEEPEST) {
    packet.ipVersion = 0;
    return;
  }
  decodePayload(packet, packet.bytes[at], at + header, length - header, end);
}
