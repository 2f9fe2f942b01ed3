import type { Packet } from '../packet.ts';
import { linkDecoder } from './link.ts';
import { DEEPEST } from '../network/internet.ts';

const PPI_HEADER = 8;
const PKTAP_LEAST = 12;
/** Longest PKTAP header that makes sense; in the other byte order it is a number of millions. */
const PKTAP_MOST = 1 << 16;
const PKTAP_PACKET = 1;

/** Per-packet information (LINKTYPE_PPI): little-endian length of its header, and the link type of what follows. */
export function decodePpi(packet: Packet, at: number, end: number): void {
  if (end - at < PPI_HEADER) return;
  const { bytes } = packet;
  const length = bytes[at + 2] | (bytes[at + 3] << 8);
  if (length >= PPI_HEADER) decodeNested(packet, u32(bytes, at + 4, true), at + length, end);
}

/** Apple's PKTAP (LINKTYPE_PKTAP): header length, record type and link type, in the capturing machine's byte order. */
export function decodePktap(packet: Packet, at: number, end: number): void {
  if (end - at < PKTAP_LEAST) return;
  const { bytes } = packet;
  const littleEndian = u32(bytes, at, true) < PKTAP_MOST;
  const length = u32(bytes, at, littleEndian);
  if (length < PKTAP_LEAST || u32(bytes, at + 4, littleEndian) !== PKTAP_PACKET) return;
  decodeNested(packet, u32(bytes, at + 8, littleEndian), at + length, end);
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
