import type { Packet } from '../packet.ts';
import { decodeLlc } from './ethernet.ts';

/** Frame control, first byte: version 0, type data; the upper four bits are the subtype. */
const TYPE_MASK = 0x0f;
const DATA = 0x08;
const NO_DATA = 0x40;
const QOS = 0x80;
/** Frame control, second byte. */
const TO_AND_FROM_SYSTEM = 0x03;
const PROTECTED = 0x40;
const ORDER = 0x80;
/** QoS control, first byte: the frame's body is several frames (A-MSDU). */
const AGGREGATED = 0x80;
/** Two addresses and the length of a frame inside an aggregated one. */
const SUBFRAME_HEADER = 14;

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
  if ((type & TYPE_MASK) !== DATA || (type & NO_DATA) !== 0) return;
  if ((flags & PROTECTED) !== 0) {
    packet.remarks.count('encrypted-wifi');
    return;
  }
  let header = 24;
  if ((flags & TO_AND_FROM_SYSTEM) === TO_AND_FROM_SYSTEM) header += 6;
  const control = at + header;
  if ((type & QOS) !== 0) header += (flags & ORDER) === 0 ? 2 : 6;
  if ((type & QOS) !== 0 && control < end && (bytes[control] & AGGREGATED) !== 0)
    decodeSubframe(packet, at + header, end);
  else decodeLlc(packet, at + header, end);
}

/**
 * Decodes the frame at `at` inside an aggregated one (A-MSDU): two addresses, a length, LLC, filled up to a multiple of
 * four. `packet.aggregatedAt` is set to the next one, 0 where there is none.
 */
export function decodeSubframe(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  packet.aggregatedAt = 0;
  if (end - at <= SUBFRAME_HEADER) return;
  const length = SUBFRAME_HEADER + ((bytes[at + 12] << 8) | bytes[at + 13]);
  const next = at + Math.ceil(length / 4) * 4;
  if (end - next > SUBFRAME_HEADER) {
    packet.aggregatedAt = next;
    packet.aggregatedEnd = end;
  }
  decodeLlc(packet, at + SUBFRAME_HEADER, Math.min(end, at + length));
}

/** Radiotap (LINKTYPE_IEEE802_11_RADIOTAP): its length is a little-endian number in the third and fourth byte. */
export function decodeRadiotap(packet: Packet, at: number, end: number): void {
  if (end - at < 8) return;
  const length = packet.bytes[at + 2] | (packet.bytes[at + 3] << 8);
  if (length >= 8) decodeIeee80211(packet, at + length, end);
}

const PRISM_HEADER = 144;

/** 802.11 behind a Prism header of 144 bytes (LINKTYPE_IEEE802_11_PRISM). */
export function decodePrism(packet: Packet, at: number, end: number): void {
  if (end - at > PRISM_HEADER) decodeIeee80211(packet, at + PRISM_HEADER, end);
}

/** 802.11 behind an AVS header, whose length is a big-endian number (LINKTYPE_IEEE802_11_AVS). */
export function decodeAvs(packet: Packet, at: number, end: number): void {
  if (end - at < 8) return;
  const { bytes } = packet;
  const length = ((bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7]) >>> 0;
  decodeIeee80211(packet, at + length, end);
}
