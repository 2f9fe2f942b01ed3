import { decodeEthernet } from '../link/ethernet.ts';
import { decodeIeee80211 } from '../link/ieee80211.ts';
import type { Packet } from '../packet.ts';

const NATIVE_FRAME = 0x01;
const TYPE_MASK = 0x0f;
const DATA_FRAME = 0x08;

/**
 * CAPWAP data (RFC 5415, section 4.3): the preamble is 0 for data in the clear, the next five bits are the header's
 * length in units of four bytes, and the T flag says whether the frame inside is 802.11 or 802.3.
 */
export function decodeCapwap(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < 8 || bytes[at] !== 0) return;
  const frame = at + (bytes[at + 1] >> 3) * 4;
  if (frame >= end) return;
  if ((bytes[at + 2] & NATIVE_FRAME) === 0) decodeEthernet(packet, frame, end);
  else decodeIeee80211(packet, frame, end, (bytes[frame] & TYPE_MASK) !== DATA_FRAME);
}

const VERSION = 1;
const RECEIVED = 0;
const ETHERNET = 1;
const IEEE80211 = 18;
const TAG_PADDING = 0;
const TAG_END = 1;

/** TaZmen Sniffer Protocol: version, type, the inner link type, then tags up to an end tag. */
export function decodeTzsp(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < 5 || bytes[at] !== VERSION || bytes[at + 1] !== RECEIVED) return;
  const linkType = (bytes[at + 2] << 8) | bytes[at + 3];
  let position = at + 4;
  while (position < end && bytes[position] !== TAG_END) {
    position += bytes[position] === TAG_PADDING || position + 1 >= end ? 1 : 2 + bytes[position + 1];
  }
  if (linkType === ETHERNET) decodeEthernet(packet, position + 1, end);
  else if (linkType === IEEE80211) decodeIeee80211(packet, position + 1, end);
}
