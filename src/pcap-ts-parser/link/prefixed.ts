import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeEthernet, decodeEtherType } from './ethernet.ts';
import { decodeIeee80211 } from './ieee80211.ts';
import { decodeLlc } from './llc.ts';
import { decodePppFrame } from './ppp.ts';

type Decoder = (packet: Packet, at: number, end: number) => void;

/** Link layers that are nothing but a header of a fixed length before something known. */
function behind(length: number, decode: Decoder): Decoder {
  return (packet, at, end) => {
    if (end - at > length) decode(packet, at + length, end);
  };
}

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

/** OpenBSD's packet filter log: its first byte is the header's length, filled up to a multiple of four (LINKTYPE_PFLOG). */
export function decodePflog(packet: Packet, at: number, end: number): void {
  if (at < end) decodeInternet(packet, at + Math.ceil(packet.bytes[at] / 4) * 4, end);
}

const PRISM_HEADER = 144;

/** 802.11 behind a Prism header of 144 bytes (LINKTYPE_IEEE802_11_PRISM). */
export const decodePrism = behind(PRISM_HEADER, decodeIeee80211);

/** 802.11 behind an AVS header, whose length is a big-endian number (LINKTYPE_IEEE802_11_AVS). */
export function decodeAvs(packet: Packet, at: number, end: number): void {
  if (end - at < 8) return;
  const { bytes } = packet;
  decodeIeee80211(
    packet,
    at + (((bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7]) >>> 0),
    end,
  );
}
