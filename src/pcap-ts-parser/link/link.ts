import { decodeInternet, DEEPEST } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeEthernet, decodeLlc, decodePppoe } from './ethernet.ts';
import { decodeAvs, decodeIeee80211, decodePrism, decodeRadiotap } from './ieee80211.ts';
import { decodeJuniperCiscoHdlc, decodeJuniperEthernet, decodeJuniperFrameRelay, decodeJuniperPpp } from './juniper.ts';
import { decodeLinuxSll, decodeLinuxSll2, decodeNflog } from './linux.ts';
import {
  decodeBroadcomPrepended,
  decodeBroadcomTagged,
  decodeEnc,
  decodeFddi,
  decodeIpnet,
  decodeMarvellExtended,
  decodeMarvellTagged,
  decodeMpacket,
  decodeNetAnalyzer,
  decodeNull,
  decodePflog,
  decodePppWithDirection,
  decodeSlip,
} from './prefixed.ts';
import { decodeCiscoHdlc, decodeFrameRelay, decodePpp } from './serial.ts';

/** Decodes a packet from its link-layer header up: bytes from `end` on are not captured. */
export type LinkDecoder = (packet: Packet, at: number, end: number) => void;

/** Darwin wrote PKTAP under this number before it had one: it is anybody's own. */
const USER2 = 149;

/** Link types that are decoded, by number in the tcpdump.org LINKTYPE_ registry (12 and 14 are RAW on some systems). */
const DECODERS = new Map<number, LinkDecoder>([
  [0, decodeNull],
  [1, decodeEthernet],
  [8, decodeSlip],
  [9, decodePpp],
  [10, decodeFddi],
  [12, decodeInternet],
  [14, decodeInternet],
  [50, decodePpp],
  [51, decodePppoe],
  [100, decodeLlc],
  [101, decodeInternet],
  [104, decodeCiscoHdlc],
  [105, decodeIeee80211],
  [107, decodeFrameRelay],
  [108, decodeNull],
  [109, decodeEnc],
  [113, decodeLinuxSll],
  [117, decodePflog],
  [119, decodePrism],
  [127, decodeRadiotap],
  [USER2, decodeUser2],
  [163, decodeAvs],
  [178, decodeJuniperEthernet],
  [179, decodeJuniperPpp],
  [180, decodeJuniperFrameRelay],
  [181, decodeJuniperCiscoHdlc],
  [192, decodePpi],
  [204, decodePppWithDirection],
  [226, decodeIpnet],
  [228, decodeInternet],
  [229, decodeInternet],
  [239, decodeNflog],
  [240, decodeNetAnalyzer],
  [258, decodePktap],
  [274, decodeMpacket],
  [276, decodeLinuxSll2],
  [281, decodeBroadcomTagged],
  [282, decodeBroadcomPrepended],
  [284, decodeMarvellTagged],
  [285, decodeMarvellExtended],
]);

/** Numbers of all link types that are decoded, ascending. */
export const DECODED_LINK_TYPES: readonly number[] = [...DECODERS.keys()];

/** The decoder of a link type, null where packets of it cannot be read. */
export function linkDecoder(linkType: number): LinkDecoder | null {
  return DECODERS.get(linkType) ?? null;
}

const PPI_HEADER = 8;
const PKTAP_LEAST = 12;
/** Longest PKTAP header that makes sense; in the other byte order it is a number of millions. */
const PKTAP_MOST = 1 << 16;
const PKTAP_PACKET = 1;

/** Per-packet information (LINKTYPE_PPI): little-endian length of its header, and the link type of what follows. */
function decodePpi(packet: Packet, at: number, end: number): void {
  if (end - at < PPI_HEADER) return;
  const { bytes } = packet;
  const length = bytes[at + 2] | (bytes[at + 3] << 8);
  if (length >= PPI_HEADER) decodeNested(packet, u32(bytes, at + 4, true), at + length, end);
}

/** Apple's PKTAP (LINKTYPE_PKTAP): header length, record type and link type, in the capturing machine's byte order. */
function decodePktap(packet: Packet, at: number, end: number): void {
  const littleEndian = u32(packet.bytes, at, true) < PKTAP_MOST;
  if (isPktap(packet, at, end, littleEndian)) {
    const length = u32(packet.bytes, at, littleEndian);
    decodeNested(packet, u32(packet.bytes, at + 8, littleEndian), at + length, end);
  }
}

/** PKTAP under a number that is anybody's own: taken for it where its header fits, and a known link type is inside. */
function decodeUser2(packet: Packet, at: number, end: number): void {
  const littleEndian = u32(packet.bytes, at, true) < PKTAP_MOST;
  if (isPktap(packet, at, end, littleEndian) && DECODERS.has(u32(packet.bytes, at + 8, littleEndian)))
    decodePktap(packet, at, end);
  else packet.undecodedLinkType = USER2;
}

function isPktap({ bytes }: Packet, at: number, end: number, littleEndian: boolean): boolean {
  if (end - at < PKTAP_LEAST) return false;
  const length = u32(bytes, at, littleEndian);
  return length >= PKTAP_LEAST && length < PKTAP_MOST && u32(bytes, at + 4, littleEndian) === PKTAP_PACKET;
}

/** A frame of another link type inside this one's. */
function decodeNested(packet: Packet, linkType: number, at: number, end: number): void {
  if (packet.layers++ > DEEPEST || at >= end) return;
  const decode = linkDecoder(linkType);
  if (decode === null) packet.undecodedLinkType = linkType;
  else decode(packet, at, end);
}

function u32(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  return littleEndian
    ? (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0
    : ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
