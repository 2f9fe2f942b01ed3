import { decodeInternet, DEEPEST } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import {
  ETHERTYPE_BACKBONE,
  ETHERTYPE_CISCO_METADATA,
  ETHERTYPE_E_TAG,
  ETHERTYPE_IPV4,
  ETHERTYPE_IPV6,
  ETHERTYPE_MPLS_MULTICAST,
  ETHERTYPE_MPLS_UNICAST,
  ETHERTYPE_NSH,
  ETHERTYPE_OLD_VLANS,
  ETHERTYPE_PPPOE_SESSION,
  ETHERTYPE_REDUNDANCY,
  ETHERTYPE_SERVICE_VLAN,
  ETHERTYPE_VLAN,
  ETHERTYPE_VN_TAG,
  LARGEST_LENGTH,
} from '../protocols.ts';
import { isWithoutIp } from './ether-type-names.ts';
import { decodePppFrame } from './ppp.ts';

/** Bytes of a tag before the EtherType behind it. */
const VLAN_TAG = 2;
const TAGS = new Map([
  [ETHERTYPE_VLAN, VLAN_TAG],
  [ETHERTYPE_SERVICE_VLAN, VLAN_TAG],
  ...ETHERTYPE_OLD_VLANS.map((type) => [type, VLAN_TAG] as const),
  // Of virtual machines' network cards (VN-Tag) and 802.1BR, of ring redundancy (HSR), and Cisco's security groups.
  [ETHERTYPE_VN_TAG, 4],
  [ETHERTYPE_E_TAG, 6],
  [ETHERTYPE_REDUNDANCY, 4],
  [ETHERTYPE_CISCO_METADATA, 6],
]);
/** The service tag of a provider's backbone (802.1ah): then the customer's own Ethernet frame. */
const BACKBONE_TAG = 4;

const SNAP = 0xaa;
const UNNUMBERED_INFORMATION = 0x03;
/** SNAP organisations under which an EtherType follows: that of RFC 1042, and of bridges (802.1H). */
const OUI_ETHERTYPE = 0x00_0000;
const OUI_BRIDGE_TUNNEL = 0x00_00f8;

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
  while (type !== ETHERTYPE_IPV4 && type !== ETHERTYPE_IPV6) {
    const tag = TAGS.get(type);
    if (tag === undefined || end - position < tag + 2) break;
    // With nested tags the innermost id is the flow's; the outer tag of 802.1ad is the carrier's.
    if (tag === VLAN_TAG) packet.vlanId = ((bytes[position] & 0x0f) << 8) | bytes[position + 1];
    type = (bytes[position + tag] << 8) | bytes[position + tag + 1];
    position += tag + 2;
  }
  if (type === ETHERTYPE_IPV4 || type === ETHERTYPE_IPV6) decodeInternet(packet, position, end);
  else if (type === ETHERTYPE_MPLS_UNICAST || type === ETHERTYPE_MPLS_MULTICAST) decodeMpls(packet, position, end);
  else if (type === ETHERTYPE_PPPOE_SESSION) decodePppoe(packet, position, end);
  else if (type <= LARGEST_LENGTH) decodeLlc(packet, position, end);
  else if (type === ETHERTYPE_BACKBONE) decodeBackbone(packet, position, end);
  else if (type === ETHERTYPE_NSH) decodeServiceHeader(packet, position, end);
  else if (!isWithoutIp(type)) packet.remarks.etherType(type);
}

/** The customer's frame behind a backbone's tags, whose VLAN is the carrier's alone. */
function decodeBackbone(packet: Packet, at: number, end: number): void {
  packet.vlanId = 0;
  decodeEthernet(packet, at + BACKBONE_TAG, end);
}

/** IEEE 802.2 LLC with a SNAP header (RFC 1042), whose last two bytes are an EtherType. Other LLC frames hold no IP. */
export function decodeLlc(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < 8 || bytes[at] !== SNAP || bytes[at + 1] !== SNAP || bytes[at + 2] !== UNNUMBERED_INFORMATION) return;
  const etherType = (bytes[at + 6] << 8) | bytes[at + 7];
  // A length in the place of the type would lead back here without end.
  if (etherType <= LARGEST_LENGTH) return;
  const organisation = (bytes[at + 3] << 16) | (bytes[at + 4] << 8) | bytes[at + 5];
  if (organisation === OUI_ETHERTYPE || organisation === OUI_BRIDGE_TUNNEL) {
    decodeEtherType(packet, etherType, at + 8, end);
  } else {
    // A vendor's own number: it may still be an EtherType, but says nothing where it is none.
    packet.remarks.silently(() => decodeEtherType(packet, etherType, at + 8, end));
  }
}

/** MPLS label stack (RFC 3032): four bytes a label, the lowest bit of the third byte marks the last one. */
export function decodeMpls(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  let position = at;
  while (end - position >= 4) {
    const bottom = (bytes[position + 2] & 1) === 1;
    position += 4;
    if (!bottom) continue;
    const version = position < end ? bytes[position] >> 4 : 0;
    if (version === 4 || version === 6) decodeInternet(packet, position, end);
    else packet.remarks.count('pseudowire');
    return;
  }
}

/** What follows a network service header. */
const SERVICE_IPV4 = 1;
const SERVICE_IPV6 = 2;
const SERVICE_ETHERNET = 3;
const SERVICE_HEADER = 4;
const SERVICE_MPLS = 5;

/**
 * Network service header (RFC 8300, section 2.2): its length in units of four bytes in the lower six bits of the second
 * byte, and what follows in the fourth.
 */
export function decodeServiceHeader(packet: Packet, at: number, end: number): void {
  if (end - at < 8 || packet.layers++ > DEEPEST) return;
  const { bytes } = packet;
  const length = (bytes[at + 1] & 0x3f) * 4;
  const [next, inner] = [bytes[at + 3], at + length];
  if (length < 8) return;
  if (next === SERVICE_IPV4 || next === SERVICE_IPV6) decodeInternet(packet, inner, end);
  else if (next === SERVICE_ETHERNET) decodeEthernet(packet, inner, end);
  else if (next === SERVICE_HEADER) decodeServiceHeader(packet, inner, end);
  else if (next === SERVICE_MPLS) decodeMpls(packet, inner, end);
}

/** PPPoE session (RFC 2516): six bytes, then PPP, whose protocol number some send as one byte. */
export function decodePppoe(packet: Packet, at: number, end: number): void {
  decodePppFrame(packet, at + 6, end);
}
