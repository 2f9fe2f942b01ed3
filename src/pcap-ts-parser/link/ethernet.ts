import { decodeInternet, DEEPEST } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeLlc } from './llc.ts';
import { decodeMpls } from './mpls.ts';
import { decodePppoe } from './pppoe.ts';

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const VLAN = 0x8100;
const SERVICE_VLAN = 0x88a8;
const MPLS_UNICAST = 0x8847;
const MPLS_MULTICAST = 0x8848;
const PPPOE_SESSION = 0x8864;

/** Values up to this are lengths of an IEEE 802.3 frame, not EtherTypes. */
const LARGEST_LENGTH = 1500;

/** Ethernet II and IEEE 802.3 (LINKTYPE_ETHERNET). */
export function decodeEthernet(packet: Packet, at: number, end: number): void {
  if (end - at < 14) return;
  decodeEtherType(packet, (packet.bytes[at + 12] << 8) | packet.bytes[at + 13], at + 14, end);
}

/** What an EtherType announces; `at` is the first byte after it. */
export function decodeEtherType(packet: Packet, etherType: number, at: number, end: number): void {
  if (packet.layers++ > DEEPEST) return;
  const { bytes } = packet;
  let type = etherType;
  let position = at;
  // With nested tags the innermost 802.1Q id is the flow's; the outer tag of 802.1ad is the carrier's.
  while ((type === VLAN || type === SERVICE_VLAN) && end - position >= 4) {
    packet.vlanId = ((bytes[position] & 0x0f) << 8) | bytes[position + 1];
    type = (bytes[position + 2] << 8) | bytes[position + 3];
    position += 4;
  }
  if (type === IPV4 || type === IPV6) decodeInternet(packet, position, end);
  else if (type === MPLS_UNICAST || type === MPLS_MULTICAST) decodeMpls(packet, position, end);
  else if (type === PPPOE_SESSION) decodePppoe(packet, position, end);
  else if (type <= LARGEST_LENGTH) decodeLlc(packet, position, end);
}
