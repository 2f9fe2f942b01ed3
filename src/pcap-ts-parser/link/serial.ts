import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeEthernet, decodeEtherType } from './ethernet.ts';
import { decodePppFrame } from './ppp.ts';

/** Cisco HDLC's first byte. */
const UNICAST = 0x0f;
const MULTICAST = 0x8f;

/** Cisco HDLC (LINKTYPE_C_HDLC): address, control, then an EtherType. */
export function decodeCiscoHdlc(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  decodeEtherType(packet, (packet.bytes[at + 2] << 8) | packet.bytes[at + 3], at + 4, end);
}

/**
 * PPP with or without the address and control bytes of HDLC framing, RFC 1662 (LINKTYPE_PPP, LINKTYPE_PPP_HDLC).
 * Captures of Cisco HDLC turn up under the same link type: their first byte says unicast or multicast.
 */
export function decodePpp(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  const { bytes } = packet;
  if ((bytes[at] === UNICAST || bytes[at] === MULTICAST) && bytes[at + 1] === 0) decodeCiscoHdlc(packet, at, end);
  else decodePppFrame(packet, at, end);
}

const LAST_ADDRESS_BYTE = 0x01;
const LONGEST_ADDRESS = 4;
const UNNUMBERED_INFORMATION = 0x03;
const PADDING = 0x00;

/** Network layer protocol identifiers (RFC 2427, appendix A). */
const NLPID_SNAP = 0x80;
const NLPID_IPV6 = 0x8e;
const NLPID_IPV4 = 0xcc;

/** SNAP organisations: an EtherType follows, or a bridged frame (with or without its check sequence). */
const OUI_ETHERTYPE = 0x000000;
const OUI_BRIDGED = 0x0080c2;
const BRIDGED_ETHERNET = new Set([0x0001, 0x0007]);

/** Frame Relay (LINKTYPE_FRELAY): a Q.922 address, then RFC 2427, or an EtherType as Cisco's routers write it. */
export function decodeFrameRelay(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  let position = at;
  while (position < end && (bytes[position] & LAST_ADDRESS_BYTE) === 0) position++;
  position++;
  if (position - at > LONGEST_ADDRESS || end - position < 4) return;
  if (bytes[position] !== UNNUMBERED_INFORMATION) {
    decodeEtherType(packet, (bytes[position] << 8) | bytes[position + 1], position + 2, end);
    return;
  }
  position++;
  if (bytes[position] === PADDING) position++;
  const identifier = bytes[position];
  if (identifier === NLPID_IPV4 || identifier === NLPID_IPV6) decodeInternet(packet, position + 1, end);
  else if (identifier === NLPID_SNAP && end - position >= 6) decodeSnap(packet, position + 1, end);
}

function decodeSnap(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  const organisation = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
  const type = (bytes[at + 3] << 8) | bytes[at + 4];
  if (organisation === OUI_ETHERTYPE) decodeEtherType(packet, type, at + 5, end);
  else if (organisation === OUI_BRIDGED && BRIDGED_ETHERNET.has(type)) decodeEthernet(packet, at + 5, end);
}
