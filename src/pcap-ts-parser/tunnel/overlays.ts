import { decodeEthernet, decodeEtherType, decodeServiceHeader } from '../link/ethernet.ts';
import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { ETHERTYPE_TRANSPARENT_ETHERNET } from '../protocols.ts';

const HEADER = 8;
/** Flags of VXLAN: a network identifier is given; GPE: a next protocol is given. */
const IDENTIFIER = 0x08;
const NEXT_PROTOCOL = 0x04;

const NEXT_IPV4 = 1;
const NEXT_IPV6 = 2;
const NEXT_ETHERNET = 3;
const NEXT_SERVICE_HEADER = 4;

/** VXLAN (RFC 7348): eight bytes, then an Ethernet frame. */
export function decodeVxlan(packet: Packet, at: number, end: number): void {
  if (end - at < HEADER || (packet.bytes[at] & IDENTIFIER) === 0) return;
  decodeEthernet(packet, at + HEADER, end);
}

/** VXLAN with the generic protocol extension (draft-ietf-nvo3-vxlan-gpe): the fourth byte names what follows. */
export function decodeVxlanGpe(packet: Packet, at: number, end: number): void {
  if (end - at < HEADER) return;
  const next = (packet.bytes[at] & NEXT_PROTOCOL) === 0 ? NEXT_ETHERNET : packet.bytes[at + 3];
  if (next === NEXT_IPV4 || next === NEXT_IPV6) decodeInternet(packet, at + HEADER, end);
  else if (next === NEXT_ETHERNET) decodeEthernet(packet, at + HEADER, end);
  else if (next === NEXT_SERVICE_HEADER) decodeServiceHeader(packet, at + HEADER, end);
}

/** Geneve (RFC 8926): version 0, the length of the options in units of four bytes, and an EtherType. */
export function decodeGeneve(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < HEADER || bytes[at] >> 6 !== 0) return;
  const inner = at + HEADER + (bytes[at] & 0x3f) * 4;
  const type = (bytes[at + 2] << 8) | bytes[at + 3];
  if (type === ETHERTYPE_TRANSPARENT_ETHERNET) decodeEthernet(packet, inner, end);
  else decodeEtherType(packet, type, inner, end);
}
