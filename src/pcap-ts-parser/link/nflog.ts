import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';

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
