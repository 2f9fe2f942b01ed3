import { addressBytes } from './address.ts';
import { ByteWriter } from './bytes.ts';

/** Both ends of a datagram: what a transport checksum covers besides the segment. */
export interface AddressPair {
  source: string;
  destination: string;
}

/** The Internet checksum (RFC 1071): one's complement of the one's complement sum of 16-bit words. */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** The checksum of a segment with its pseudo header (RFC 9293, section 3.1; RFC 8200, section 8.1). */
export function transportChecksum({ source, destination }: AddressPair, protocol: number, segment: Uint8Array): number {
  const from = addressBytes(source);
  const pseudo = new ByteWriter().bytes(from).bytes(addressBytes(destination));
  if (from.length === 4) pseudo.u8(0).u8(protocol).u16(segment.length);
  else pseudo.u32(segment.length).u32(protocol);
  return internetChecksum(pseudo.bytes(segment).finish());
}

/** Writes `checksum` into a finished header. */
export function putChecksum(segment: Uint8Array, at: number, checksum: number): void {
  segment[at] = checksum >> 8;
  segment[at + 1] = checksum & 0xff;
}
