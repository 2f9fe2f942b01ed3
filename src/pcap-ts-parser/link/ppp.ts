import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeCiscoHdlc } from './chdlc.ts';

const IPV4 = 0x0021;
const IPV6 = 0x0057;

/** What a PPP protocol number announces (RFC 1661, IANA "PPP DLL Protocol Numbers"); `at` is the first byte after it. */
export function decodePppProtocol(packet: Packet, protocol: number, at: number, end: number): void {
  if (protocol === IPV4 || protocol === IPV6) decodeInternet(packet, at, end);
}

/**
 * PPP with or without the address and control bytes of HDLC framing, RFC 1662 (LINKTYPE_PPP, LINKTYPE_PPP_HDLC).
 * Captures of Cisco HDLC turn up under the same link type: their first byte says unicast (0x0f) or multicast (0x8f).
 */
export function decodePpp(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  const { bytes } = packet;
  if ((bytes[at] === 0x0f || bytes[at] === 0x8f) && bytes[at + 1] === 0) {
    decodeCiscoHdlc(packet, at, end);
    return;
  }
  decodePppFrame(packet, at, end);
}

/** A PPP frame with or without address and control, and with a protocol number of two bytes, or one that is odd (RFC 1661). */
export function decodePppFrame(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  const { bytes } = packet;
  const position = bytes[at] === 0xff && bytes[at + 1] === 0x03 ? at + 2 : at;
  if ((bytes[position] & 1) === 1) decodePppProtocol(packet, bytes[position], position + 1, end);
  else decodePppProtocol(packet, (bytes[position] << 8) | bytes[position + 1], position + 2, end);
}
