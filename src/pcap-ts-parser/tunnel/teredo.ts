import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';

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
