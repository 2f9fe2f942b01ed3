import type { Packet } from '../packet.ts';
import { decodePayload } from './internet.ts';

const HEADER = 40;
const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const NO_NEXT_HEADER = 59;
const DESTINATION_OPTIONS = 60;
const MOBILITY = 135;

/**
 * IPv6 (RFC 8200) with its extension headers. Later fragments, and packets that say nothing follows, make no flow. A
 * payload length of 0 is left by segmentation offload, and in jumbograms (RFC 2675): where tunnels that NFStream leaves
 * closed are opened, such a packet is as long as what was captured.
 */
export function decodeIpv6(packet: Packet, at: number, end: number): void {
  if (end - at < HEADER) return;
  const { bytes } = packet;
  let length = (bytes[at + 4] << 8) | bytes[at + 5];
  if (length === 0 && packet.opensTunnels) length = end - at - HEADER;
  const ipLength = HEADER + length;
  let next = bytes[at + 6];
  let position = at + HEADER;
  for (;;) {
    let headerLength: number;
    if (next === HOP_BY_HOP || next === ROUTING || next === DESTINATION_OPTIONS || next === MOBILITY) {
      if (position + 2 > end) break;
      headerLength = (bytes[position + 1] + 1) * 8;
    } else if (next === FRAGMENT) {
      if (position + 8 > end) break;
      if (((bytes[position + 2] << 8) | bytes[position + 3]) >> 3 !== 0) return;
      headerLength = 8;
    } else {
      break;
    }
    if (headerLength > length) return;
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
}
