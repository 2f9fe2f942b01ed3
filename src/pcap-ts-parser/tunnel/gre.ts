import { decodeEthernet, decodeEtherType } from '../link/ethernet.ts';
import { decodePppFrame } from '../link/ppp.ts';
import type { Packet } from '../packet.ts';
import { decodeErspan2, decodeErspan3 } from './erspan.ts';
import { decodeInner } from './inner.ts';

/** Its number in `TUNNELS`. */
const GRE = 4;

const CHECKSUM = 0x80;
const ROUTING = 0x40;
const KEY = 0x20;
const SEQUENCE = 0x10;
/** Second byte: the version, and in version 1 whether an acknowledgement follows. */
const VERSION_MASK = 0x07;
const ACKNOWLEDGEMENT = 0x80;

/** EtherTypes that mean something of their own inside GRE and Geneve. */
export const TRANSPARENT_ETHERNET = 0x6558;
const PPP = 0x880b;
const ERSPAN = 0x88be;
const ERSPAN_III = 0x22eb;

/** Opens GRE, where there is an IP packet inside. */
export function decodeGreTunnel(packet: Packet, at: number, end: number): void {
  decodeInner(packet, GRE, decodeGre, at, end);
}

/**
 * GRE (RFC 2784, key and sequence number of RFC 2890) and the enhanced form of PPTP (RFC 2637). The routing of RFC 1701
 * is not followed.
 */
function decodeGre(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  const { bytes } = packet;
  const flags = bytes[at];
  const type = (bytes[at + 2] << 8) | bytes[at + 3];
  let position = at + 4;
  if ((flags & ROUTING) !== 0) return;
  if ((flags & CHECKSUM) !== 0) position += 4;
  if ((flags & KEY) !== 0) position += 4;
  if ((flags & SEQUENCE) !== 0) position += 4;
  if ((bytes[at + 1] & VERSION_MASK) === 1) {
    if ((bytes[at + 1] & ACKNOWLEDGEMENT) !== 0) position += 4;
    if (type === PPP) decodePppFrame(packet, position, end);
  } else if (type === TRANSPARENT_ETHERNET) {
    decodeEthernet(packet, position, end);
  } else if (type === ERSPAN) {
    // Type I has no header of its own, and GRE no sequence number then.
    if ((flags & SEQUENCE) === 0) decodeEthernet(packet, position, end);
    else decodeErspan2(packet, position, end);
  } else if (type === ERSPAN_III) {
    decodeErspan3(packet, position, end);
  } else {
    decodeEtherType(packet, type, position, end);
  }
}
