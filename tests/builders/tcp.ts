import { ByteWriter } from './bytes.ts';
import type { AddressPair } from './checksum.ts';
import { putChecksum, transportChecksum } from './checksum.ts';

export const PROTOCOL_TCP = 6;

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;

export interface TcpSegment {
  sourcePort: number;
  destinationPort: number;
  sequence?: number;
  acknowledgment?: number;
  flags?: number;
  window?: number;
  /** Filled up with end-of-options zeros to a multiple of 4. */
  options?: Uint8Array;
  payload?: Uint8Array;
  /** The checksum is computed when the addresses are given, else it is 0. */
  addresses?: AddressPair;
}

/** A TCP segment (RFC 9293). */
export function tcp({
  sourcePort,
  destinationPort,
  sequence = 0,
  acknowledgment = 0,
  flags = ACK,
  window = 0xffff,
  options = new Uint8Array(0),
  payload = new Uint8Array(0),
  addresses,
}: TcpSegment): Uint8Array {
  const headerLength = 20 + Math.ceil(options.length / 4) * 4;
  const segment = new ByteWriter()
    .u16(sourcePort)
    .u16(destinationPort)
    .u32(sequence)
    .u32(acknowledgment)
    .u8((headerLength / 4) << 4)
    .u8(flags)
    .u16(window)
    .u16(0)
    .u16(0)
    .bytes(options)
    .align(4)
    .bytes(payload)
    .finish();
  if (addresses) putChecksum(segment, 16, transportChecksum(addresses, PROTOCOL_TCP, segment));
  return segment;
}

/** The maximum segment size option of a SYN (RFC 9293, section 3.7.1). */
export function maximumSegmentSize(size: number): Uint8Array {
  return new ByteWriter().u8(2).u8(4).u16(size).finish();
}
