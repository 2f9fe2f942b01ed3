import { addressBytes } from './address.ts';
import { ByteWriter } from './bytes.ts';
import { internetChecksum, putChecksum } from './checksum.ts';

export interface Ipv4Packet {
  source: string;
  destination: string;
  protocol: number;
  payload: Uint8Array;
  typeOfService?: number;
  identification?: number;
  dontFragment?: boolean;
  moreFragments?: boolean;
  /** Where this fragment's payload begins, in bytes: a multiple of 8. */
  fragmentOffset?: number;
  timeToLive?: number;
  /** Filled up with end-of-options zeros to a multiple of 4. */
  options?: Uint8Array;
  /** Overrides the total length field; 0 is what segmentation offload leaves in a capture. */
  totalLength?: number;
}

/** An IPv4 packet (RFC 791) with a correct header checksum. */
export function ipv4({
  source,
  destination,
  protocol,
  payload,
  typeOfService = 0,
  identification = 0,
  dontFragment = false,
  moreFragments = false,
  fragmentOffset = 0,
  timeToLive = 64,
  options = new Uint8Array(0),
  totalLength,
}: Ipv4Packet): Uint8Array {
  const headerLength = 20 + Math.ceil(options.length / 4) * 4;
  const header = new ByteWriter()
    .u8(0x40 | (headerLength / 4))
    .u8(typeOfService)
    .u16(totalLength ?? headerLength + payload.length)
    .u16(identification)
    .u16((dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | (fragmentOffset / 8))
    .u8(timeToLive)
    .u8(protocol)
    .u16(0)
    .bytes(addressBytes(source))
    .bytes(addressBytes(destination))
    .bytes(options)
    .align(4)
    .finish();
  putChecksum(header, 10, internetChecksum(header));
  return new ByteWriter().bytes(header).bytes(payload).finish();
}
