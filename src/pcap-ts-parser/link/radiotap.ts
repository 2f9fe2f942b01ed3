import type { Packet } from '../packet.ts';
import { decodeIeee80211 } from './ieee80211.ts';

/** Radiotap (LINKTYPE_IEEE802_11_RADIOTAP): its length is a little-endian number in the third and fourth byte. */
export function decodeRadiotap(packet: Packet, at: number, end: number): void {
  if (end - at < 8) return;
  const length = packet.bytes[at + 2] | (packet.bytes[at + 3] << 8);
  if (length >= 8) decodeIeee80211(packet, at + length, end);
}
