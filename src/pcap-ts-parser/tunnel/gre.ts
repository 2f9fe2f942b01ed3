import { decodeEthernet, decodeEtherType } from '../link/ethernet.ts';
import { decodePppFrame } from '../link/ppp.ts';
import type { Packet } from '../packet.ts';
import { ETHERTYPE_ERSPAN, ETHERTYPE_ERSPAN_III, ETHERTYPE_PPP, ETHERTYPE_TRANSPARENT_ETHERNET } from '../protocols.ts';

const CHECKSUM = 0x80;
const ROUTING = 0x40;
const KEY = 0x20;
const SEQUENCE = 0x10;
/** Second byte: the version, and in version 1 whether an acknowledgement follows. */
const VERSION_MASK = 0x07;
const ACKNOWLEDGEMENT = 0x80;

/**
 * GRE (RFC 2784, key and sequence number of RFC 2890) and the enhanced form of PPTP (RFC 2637). The routing of RFC 1701
 * is not followed.
 */
export function decodeGre(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  const { bytes } = packet;
  const flags = bytes[at];
  const type = greType(bytes, at);
  let position = at + 4;
  if ((flags & ROUTING) !== 0) return;
  if ((flags & CHECKSUM) !== 0) position += 4;
  if ((flags & KEY) !== 0) position += 4;
  if ((flags & SEQUENCE) !== 0) position += 4;
  if ((bytes[at + 1] & VERSION_MASK) === 1) {
    if ((bytes[at + 1] & ACKNOWLEDGEMENT) !== 0) position += 4;
    if (type === ETHERTYPE_PPP) decodePppFrame(packet, position, end);
  } else if (type === ETHERTYPE_TRANSPARENT_ETHERNET) {
    decodeEthernet(packet, position, end);
  } else if (type === ETHERTYPE_ERSPAN) {
    // Type I has no header of its own, and GRE no sequence number then.
    if ((flags & SEQUENCE) === 0) decodeEthernet(packet, position, end);
    else decodeErspan2(packet, position, end);
  } else if (type === ETHERTYPE_ERSPAN_III) {
    decodeErspan3(packet, position, end);
  } else {
    decodeEtherType(packet, type, position, end);
  }
}

/** Whether the GRE header at `at` carries what a switch mirrors. */
export function isErspan(bytes: Uint8Array, at: number): boolean {
  const type = greType(bytes, at);
  return type === ETHERTYPE_ERSPAN || type === ETHERTYPE_ERSPAN_III;
}

function greType(bytes: Uint8Array, at: number): number {
  return (bytes[at + 2] << 8) | bytes[at + 3];
}

const HEADER_II = 8;
const HEADER_III = 12;
/** In the last byte of a type III header: eight more bytes follow. */
const PLATFORM_HEADER = 0x01;
const PLATFORM_HEADER_BYTES = 8;

/** ERSPAN type II (draft-foschiano-erspan): a mirrored Ethernet frame behind eight bytes. */
function decodeErspan2(packet: Packet, at: number, end: number): void {
  if (end - at > HEADER_II) decodeEthernet(packet, at + HEADER_II, end);
}

/** ERSPAN type III (draft-foschiano-erspan): twelve bytes, and eight more where the last bit says so. */
function decodeErspan3(packet: Packet, at: number, end: number): void {
  if (end - at <= HEADER_III) return;
  const more = (packet.bytes[at + HEADER_III - 1] & PLATFORM_HEADER) === 0 ? 0 : PLATFORM_HEADER_BYTES;
  decodeEthernet(packet, at + HEADER_III + more, end);
}
