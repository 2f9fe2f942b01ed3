import type { Packet } from '../packet.ts';
import { decodeLlc } from './llc.ts';

/** Frame control, first byte: version 0, type data; the upper four bits are the subtype. */
const TYPE_MASK = 0x0f;
const DATA = 0x08;
const NO_DATA = 0x40;
const QOS = 0x80;
/** Frame control, second byte. */
const TO_AND_FROM_SYSTEM = 0x03;
const PROTECTED = 0x40;
const ORDER = 0x80;

/**
 * IEEE 802.11 data frames (LINKTYPE_IEEE802_11), which carry LLC. Management and control frames, frames without data
 * and encrypted frames hold no IP that can be read. `swapped`: some access points send the two bytes of the frame
 * control field the wrong way round inside CAPWAP.
 */
export function decodeIeee80211(packet: Packet, at: number, end: number, swapped = false): void {
  if (end - at < 24) return;
  const { bytes } = packet;
  const type = bytes[swapped ? at + 1 : at];
  const flags = bytes[swapped ? at : at + 1];
  if ((type & TYPE_MASK) !== DATA || (type & NO_DATA) !== 0 || (flags & PROTECTED) !== 0) return;
  let header = 24;
  if ((flags & TO_AND_FROM_SYSTEM) === TO_AND_FROM_SYSTEM) header += 6;
  if ((type & QOS) !== 0) header += (flags & ORDER) === 0 ? 2 : 6;
  decodeLlc(packet, at + header, end);
}
