import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { PPP_FIRST_CONTROL, PPP_IPV4, PPP_IPV6 } from '../protocols.ts';

/**
 * What a PPP protocol number announces (RFC 1661, IANA "PPP DLL Protocol Numbers"); `at` is the first byte after it.
 */
function decodePppProtocol(packet: Packet, protocol: number, at: number, end: number): void {
  if (protocol === PPP_IPV4 || protocol === PPP_IPV6) decodeInternet(packet, at, end);
  else if (protocol < PPP_FIRST_CONTROL) packet.remarks.pppProtocol(protocol);
}

/**
 * A PPP frame with or without address and control, and with a protocol number of two bytes, or one that is odd (RFC
 * 1661).
 */
export function decodePppFrame(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  const { bytes } = packet;
  const position = bytes[at] === 0xff && bytes[at + 1] === 0x03 ? at + 2 : at;
  if ((bytes[position] & 1) === 1) decodePppProtocol(packet, bytes[position], position + 1, end);
  else decodePppProtocol(packet, (bytes[position] << 8) | bytes[position + 1], position + 2, end);
}
