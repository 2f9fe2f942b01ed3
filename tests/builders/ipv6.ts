import { addressBytes } from './address.ts';
import { ByteWriter } from './bytes.ts';

/** An extension header: its protocol number, and its bytes whose first (next header) is filled in when it is placed. */
export interface Ipv6Extension {
  type: number;
  bytes: Uint8Array;
}

export interface Ipv6Packet {
  source: string;
  destination: string;
  /** Protocol after the last extension header. */
  protocol: number;
  payload: Uint8Array;
  /** In the order they stand in the packet. */
  extensions?: readonly Ipv6Extension[];
  trafficClass?: number;
  flowLabel?: number;
  hopLimit?: number;
  /** Overrides the payload length field. */
  payloadLength?: number;
}

/** An IPv6 packet (RFC 8200). */
export function ipv6({
  source,
  destination,
  protocol,
  payload,
  extensions = [],
  trafficClass = 0,
  flowLabel = 0,
  hopLimit = 64,
  payloadLength,
}: Ipv6Packet): Uint8Array {
  const content = new ByteWriter();
  extensions.forEach(({ bytes }, i) => {
    content.u8(extensions[i + 1]?.type ?? protocol).bytes(bytes.subarray(1));
  });
  content.bytes(payload);
  return new ByteWriter()
    .u32(((6 << 28) | (trafficClass << 20) | flowLabel) >>> 0)
    .u16(payloadLength ?? content.length)
    .u8(extensions[0]?.type ?? protocol)
    .u8(hopLimit)
    .bytes(addressBytes(source))
    .bytes(addressBytes(destination))
    .bytes(content.finish())
    .finish();
}

/**
 * Hop-by-hop options (type 0) or destination options (type 60), filled with PadN to `length` bytes, a multiple of 8.
 */
export function optionsHeader(type: 0 | 60, length = 8): Ipv6Extension {
  const padding = length - 4;
  return {
    type,
    bytes: new ByteWriter()
      .u8(0)
      .u8(length / 8 - 1)
      .u8(1)
      .u8(padding)
      .zeros(padding)
      .finish(),
  };
}

/** A routing header (type 43) with no segments left and `addresses` addresses passed. */
export function routingHeader(addresses = 1): Ipv6Extension {
  return {
    type: 43,
    bytes: new ByteWriter()
      .u8(0)
      .u8(addresses * 2)
      .u8(0)
      .u8(0)
      .zeros(4 + addresses * 16)
      .finish(),
  };
}

export interface FragmentHeader {
  /** Where this fragment begins in the original packet, in bytes: a multiple of 8. */
  offset: number;
  more: boolean;
  identification?: number;
}

/** A fragment header (type 44). */
export function fragmentHeader({ offset, more, identification = 1 }: FragmentHeader): Ipv6Extension {
  return {
    type: 44,
    bytes: new ByteWriter()
      .u16(0)
      .u16(offset | (more ? 1 : 0))
      .u32(identification)
      .finish(),
  };
}

/**
 * An authentication header (type 51) with a 12-byte check value: its length counts 4-byte units (RFC 4302, section
 * 2.2).
 */
export function authenticationHeader(): Ipv6Extension {
  return { type: 51, bytes: new ByteWriter().u8(0).u8(4).u16(0).u32(0x1234).u32(1).zeros(12).finish() };
}
