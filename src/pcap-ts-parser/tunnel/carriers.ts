import { decodeEthernet } from '../link/ethernet.ts';
import { decodePppFrame } from '../link/ppp.ts';
import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { PROTOCOL_GRE, PROTOCOL_IPV4, PROTOCOL_IPV6 } from '../protocols.ts';
import { decodeGre } from './gre.ts';

/** EtherIP (RFC 3378): version 3 and nothing else in two bytes, then an Ethernet frame. */
export function decodeEtherIp(packet: Packet, at: number, end: number): void {
  if (end - at > 2 && packet.bytes[at] >> 4 === 3) decodeEthernet(packet, at + 2, end);
}

/** LISP data (RFC 9300, section 5.1): eight bytes, then an IP packet. */
export function decodeLisp(packet: Packet, at: number, end: number): void {
  if (end - at > 8) decodeInternet(packet, at + 8, end);
}

/** Bits of GUE's first byte: of its version, a control message, and the length of what follows four bytes in words. */
const GUE_VERSION = 0xc0;
const GUE_IP = 0x40;
const GUE_CONTROL = 0x20;
const GUE_LENGTH = 0x1f;

/**
 * Generic UDP encapsulation (draft-ietf-intarea-gue): in version 0 the second byte is the IP protocol inside, in version 1 an
 * IP packet follows at once, whose own version has the same place.
 */
export function decodeGue(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  const { bytes } = packet;
  const version = bytes[at] & GUE_VERSION;
  if (version === GUE_IP) return decodeInternet(packet, at, end);
  if (version !== 0 || (bytes[at] & GUE_CONTROL) !== 0) return;
  const inner = at + 4 + (bytes[at] & GUE_LENGTH) * 4;
  if (bytes[at + 1] === PROTOCOL_IPV4 || bytes[at + 1] === PROTOCOL_IPV6) decodeInternet(packet, inner, end);
  else if (bytes[at + 1] === PROTOCOL_GRE) decodeGre(packet, inner, end);
}

const L2TP_CONTROL = 0x80;
const L2TP_LENGTH = 0x40;
const L2TP_SEQUENCE = 0x08;
const L2TP_OFFSET = 0x02;
const L2TP_VERSION = 0x0f;

/** Data of L2TP version 2 (RFC 2661, section 3.1): two numbers, and as its flags say a length, a sequence and an offset; then PPP. */
export function decodeL2tp(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < 6 || (bytes[at] & L2TP_CONTROL) !== 0 || (bytes[at + 1] & L2TP_VERSION) !== 2) return;
  let position = at + 6;
  if ((bytes[at] & L2TP_LENGTH) !== 0) position += 2;
  if ((bytes[at] & L2TP_SEQUENCE) !== 0) position += 4;
  if ((bytes[at] & L2TP_OFFSET) !== 0) {
    if (position + 2 > end) return;
    position += 2 + ((bytes[position] << 8) | bytes[position + 1]);
  }
  decodePppFrame(packet, position, end);
}
