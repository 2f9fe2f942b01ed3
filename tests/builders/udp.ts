import { ByteWriter } from './bytes.ts';
import type { AddressPair } from './checksum.ts';
import { putChecksum, transportChecksum } from './checksum.ts';

export const PROTOCOL_UDP = 17;

export interface UdpDatagram {
  sourcePort: number;
  destinationPort: number;
  payload?: Uint8Array;
  /** Overrides the length field. */
  length?: number;
  /** The checksum is computed when the addresses are given, else it is 0: none. */
  addresses?: AddressPair;
}

/** A UDP datagram (RFC 768). A computed checksum of 0 is sent as 0xffff. */
export function udp({
  sourcePort,
  destinationPort,
  payload = new Uint8Array(0),
  length = 8 + payload.length,
  addresses,
}: UdpDatagram): Uint8Array {
  const datagram = new ByteWriter().u16(sourcePort).u16(destinationPort).u16(length).u16(0).bytes(payload).finish();
  if (addresses) putChecksum(datagram, 6, transportChecksum(addresses, PROTOCOL_UDP, datagram) || 0xffff);
  return datagram;
}
