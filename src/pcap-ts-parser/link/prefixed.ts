import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeEthernet, decodeEtherType, decodeLlc } from './ethernet.ts';
import { decodePppFrame } from './ppp.ts';

type Decoder = (packet: Packet, at: number, end: number) => void;

/** Link layers that are nothing but a header of a fixed length before something known. */
function behind(length: number, decode: Decoder): Decoder {
  return (packet, at, end) => {
    if (end - at > length) decode(packet, at + length, end);
  };
}

/**
 * BSD loopback (LINKTYPE_NULL, LINKTYPE_LOOP): four bytes with the address family, in the capturing machine's byte
 * order or in network order. Families differ between systems, so the IP version nibble decides, not the number.
 */
export const decodeNull = behind(4, decodeInternet);
/** The serial line's direction and 15 bytes for its compression, then IP (LINKTYPE_SLIP). */
export const decodeSlip = behind(16, decodeInternet);
/** Frame control and two addresses, then LLC (LINKTYPE_FDDI). */
export const decodeFddi = behind(13, decodeLlc);
/** OpenBSD's IPsec interface: address family, index and flags, then IP (LINKTYPE_ENC). */
export const decodeEnc = behind(12, decodeInternet);
/** Solaris' IP observability: 24 bytes, then IP (LINKTYPE_IPNET). */
export const decodeIpnet = behind(24, decodeInternet);
/** A byte for the direction, then PPP (LINKTYPE_PPP_WITH_DIR). */
export const decodePppWithDirection = behind(1, decodePppFrame);
/** Hilscher's analyzer: four bytes, then Ethernet (LINKTYPE_NETANALYZER). */
export const decodeNetAnalyzer = behind(4, decodeEthernet);
/** The preamble of a preemptible frame, then Ethernet (LINKTYPE_ETHERNET_MPACKET). */
export const decodeMpacket = behind(8, decodeEthernet);
/** Broadcom's switch tag before an Ethernet frame (LINKTYPE_DSA_TAG_BRCM_PREPEND). */
export const decodeBroadcomPrepended = behind(4, decodeEthernet);

/** A switch's tag of `length` bytes between the addresses of an Ethernet frame and its EtherType. */
function taggedEthernet(length: number): Decoder {
  return (packet, at, end) => {
    const type = at + 12 + length;
    if (type + 2 <= end) decodeEtherType(packet, (packet.bytes[type] << 8) | packet.bytes[type + 1], type + 2, end);
  };
}

/** Broadcom's and Marvell's switch tags (LINKTYPE_DSA_TAG_BRCM, LINKTYPE_DSA_TAG_DSA, LINKTYPE_DSA_TAG_EDSA). */
export const decodeBroadcomTagged = taggedEthernet(4);
export const decodeMarvellTagged = taggedEthernet(4);
export const decodeMarvellExtended = taggedEthernet(8);

/**
 * OpenBSD's packet filter log: its first byte is the header's length, filled up to a multiple of four (LINKTYPE_PFLOG).
 */
export function decodePflog(packet: Packet, at: number, end: number): void {
  if (at < end) decodeInternet(packet, at + Math.ceil(packet.bytes[at] / 4) * 4, end);
}
