import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeEtherType } from './ethernet.ts';

/** Linux cooked capture, version 1 (LINKTYPE_LINUX_SLL): 16 bytes, the last two an EtherType. */
export function decodeLinuxSll(packet: Packet, at: number, end: number): void {
  if (end - at < 16) return;
  decodeEtherType(packet, (packet.bytes[at + 14] << 8) | packet.bytes[at + 15], at + 16, end);
}

/** Linux cooked capture, version 2 (LINKTYPE_LINUX_SLL2): 20 bytes, the first two an EtherType. */
export function decodeLinuxSll2(packet: Packet, at: number, end: number): void {
  if (end - at < 20) return;
  decodeEtherType(packet, (packet.bytes[at] << 8) | packet.bytes[at + 1], at + 20, end);
}

const HEADER = 4;
const TLV_HEADER = 4;
const PAYLOAD = 9;
const LARGEST_TYPE = 63;

/**
 * Linux netfilter log (LINKTYPE_NFLOG): four bytes, then attributes, one of which is the IP packet. Lengths and types
 * are in the capturing machine's byte order, which only the first attribute tells: its type is a small number.
 */
export function decodeNflog(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  let position = at + HEADER;
  const littleEndian = position + TLV_HEADER <= end && bytes[position + 3] === 0 && bytes[position + 2] <= LARGEST_TYPE;
  const u16 = (place: number): number =>
    littleEndian ? bytes[place] | (bytes[place + 1] << 8) : (bytes[place] << 8) | bytes[place + 1];
  while (end - position >= TLV_HEADER) {
    const length = u16(position);
    if (length < TLV_HEADER) return;
    if (u16(position + 2) === PAYLOAD) {
      decodeInternet(packet, position + TLV_HEADER, Math.min(end, position + length));
      return;
    }
    position += Math.ceil(length / 4) * 4;
  }
}
