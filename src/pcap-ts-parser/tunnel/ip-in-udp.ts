import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';

const VERSION_MASK = 0xf0;
/** Version 1, protocol type GTP (3GPP TS 29.281, section 5.1). */
const VERSION_1 = 0x30;
const EXTENSION = 0x04;
const ANY_OPTION = 0x07;
/** Message type of user data. */
const G_PDU = 255;

/**
 * GTP-U version 1: eight bytes, four more when any option flag is set, then extension headers in units of four bytes.
 */
export function decodeGtpU(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < 8 || (bytes[at] & VERSION_MASK) !== VERSION_1 || bytes[at + 1] !== G_PDU) return;
  const flags = bytes[at];
  let position = at + 8;
  if ((flags & ANY_OPTION) !== 0) position += 4;
  if ((flags & EXTENSION) !== 0) {
    let next = bytes[position - 1];
    while (next !== 0) {
      if (position >= end || bytes[position] === 0) return;
      position += bytes[position] * 4;
      if (position > end) return;
      next = bytes[position - 1];
    }
  }
  decodeInternet(packet, position, end);
}

const AUTHENTICATION = 1;
const ORIGIN_LENGTH = 8;
/** Indicator and two lengths, then behind what those count a nonce and a confirmation byte. */
const AUTHENTICATION_FIELDS = 4 + 8 + 1;

/** Teredo (RFC 4380, section 5.1.1): an authentication header and an origin indication, each optional, then IPv6. */
export function decodeTeredo(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  let position = at;
  if (end - position >= 4 && bytes[position] === 0 && bytes[position + 1] === AUTHENTICATION) {
    position += AUTHENTICATION_FIELDS + bytes[position + 2] + bytes[position + 3];
  }
  if (end - position >= 2 && bytes[position] === 0 && bytes[position + 1] === 0) position += ORIGIN_LENGTH;
  if (position < end && bytes[position] >> 4 === 6) decodeInternet(packet, position, end);
}
