import { ByteWriter } from './bytes.ts';
import { LINK_ETHERNET } from './link-types.ts';
import type { PacketRecord } from './pcap.ts';

export const BLOCK_SECTION = 0x0a0d0d0a;
export const BLOCK_INTERFACE = 1;
export const BLOCK_PACKET = 2;
export const BLOCK_SIMPLE_PACKET = 3;
export const BLOCK_NAME_RESOLUTION = 4;
export const BLOCK_STATISTICS = 5;
export const BLOCK_ENHANCED_PACKET = 6;

const OPTION_INTERFACE_NAME = 2;
const OPTION_TIMESTAMP_RESOLUTION = 9;
const OPTION_TIMESTAMP_OFFSET = 14;

/** One tick is `base ** -exponent` seconds (if_tsresol). */
export interface Resolution {
  base: 2 | 10;
  exponent: number;
}

export interface InterfaceOptions {
  linkType?: number;
  snapLength?: number;
  /** if_name */
  name?: string;
  /** if_tsresol; microseconds, with no option written, when left out. */
  resolution?: Resolution;
  /** if_tsoffset: whole seconds added to every timestamp, negative ones too. */
  offsetSeconds?: number;
}

/**
 * Any block: type, total length, body filled up to a multiple of 4, total length again (draft-ietf-opsawg-pcapng,
 * section 3.1).
 */
export function block(type: number, body: Uint8Array, littleEndian = true): Uint8Array<ArrayBuffer> {
  const padded = new ByteWriter().bytes(body).align(4).finish();
  const total = padded.length + 12;
  return new ByteWriter(littleEndian).u32(type).u32(total).bytes(padded).u32(total).finish();
}

/** A section header block (section 4.1); a length of -1 means unspecified. */
export function sectionHeader(littleEndian = true, sectionLength = -1n): Uint8Array<ArrayBuffer> {
  const body = new ByteWriter(littleEndian).u32(0x1a2b3c4d).u16(1).u16(0).u64(sectionLength);
  return block(BLOCK_SECTION, body.finish(), littleEndian);
}

/** An interface description block (section 4.2). */
export function interfaceDescription(options: InterfaceOptions = {}, littleEndian = true): Uint8Array<ArrayBuffer> {
  const { linkType = LINK_ETHERNET, snapLength = 0, name, resolution, offsetSeconds } = options;
  const body = new ByteWriter(littleEndian).u16(linkType).u16(0).u32(snapLength);
  if (name !== undefined) {
    const text = new ByteWriter().text(name).finish();
    body.u16(OPTION_INTERFACE_NAME).u16(text.length).bytes(text).align(4);
  }
  if (resolution) {
    const { base, exponent } = resolution;
    body
      .u16(OPTION_TIMESTAMP_RESOLUTION)
      .u16(1)
      .u8(base === 2 ? 0x80 | exponent : exponent)
      .align(4);
  }
  if (offsetSeconds !== undefined) body.u16(OPTION_TIMESTAMP_OFFSET).u16(8).u64(BigInt(offsetSeconds));
  if (name !== undefined || resolution || offsetSeconds !== undefined) body.u32(0);
  return block(BLOCK_INTERFACE, body.finish(), littleEndian);
}

/** A packet's timestamp in the ticks of its interface, counted from the interface's offset, rounded down. */
export function ticks(packet: PacketRecord, { resolution, offsetSeconds = 0 }: InterfaceOptions = {}): bigint {
  const { base, exponent } = resolution ?? { base: 10, exponent: 6 };
  const nanoseconds = BigInt(packet.seconds - offsetSeconds) * 1_000_000_000n + BigInt(packet.nanoseconds);
  return (nanoseconds * BigInt(base) ** BigInt(exponent)) / 1_000_000_000n;
}

/** An enhanced packet block (section 4.3); `options` are those of the packet's interface. */
export function enhancedPacket(
  packet: PacketRecord,
  options: InterfaceOptions = {},
  littleEndian = true,
): Uint8Array<ArrayBuffer> {
  const { data, wireLength = data.length, interfaceId = 0 } = packet;
  const time = ticks(packet, options);
  const body = new ByteWriter(littleEndian)
    .u32(interfaceId)
    .u32(Number(time >> 32n))
    .u32(Number(time & 0xffff_ffffn))
    .u32(data.length)
    .u32(wireLength)
    .bytes(data);
  return block(BLOCK_ENHANCED_PACKET, body.finish(), littleEndian);
}

/** A simple packet block (section 4.4): no time and no interface; it belongs to interface 0. */
export function simplePacket(data: Uint8Array, wireLength = data.length, littleEndian = true): Uint8Array<ArrayBuffer> {
  return block(BLOCK_SIMPLE_PACKET, new ByteWriter(littleEndian).u32(wireLength).bytes(data).finish(), littleEndian);
}

/** A block option: code, length and value, filled up to a multiple of 4 (section 3.5). */
export function option(code: number, value: Uint8Array, littleEndian = true): Uint8Array<ArrayBuffer> {
  return new ByteWriter(littleEndian).u16(code).u16(value.length).bytes(value).align(4).finish();
}

/** The obsolete packet block (appendix A). */
export function obsoletePacket(
  packet: PacketRecord,
  options: InterfaceOptions = {},
  littleEndian = true,
): Uint8Array<ArrayBuffer> {
  const { data, wireLength = data.length, interfaceId = 0 } = packet;
  const time = ticks(packet, options);
  const body = new ByteWriter(littleEndian)
    .u16(interfaceId)
    .u16(0xffff)
    .u32(Number(time >> 32n))
    .u32(Number(time & 0xffff_ffffn))
    .u32(data.length)
    .u32(wireLength)
    .bytes(data);
  return block(BLOCK_PACKET, body.finish(), littleEndian);
}

/** A name resolution block (section 4.5): each record is an address of 4 or 16 bytes and its names. */
export function nameResolution(
  records: readonly { address: readonly number[]; names: readonly string[] }[],
  littleEndian = true,
): Uint8Array<ArrayBuffer> {
  const body = new ByteWriter(littleEndian);
  for (const { address, names } of records) {
    const value = new ByteWriter()
      .bytes(Uint8Array.from(address))
      .text(names.map((name) => `${name}\0`).join(''))
      .finish();
    body.bytes(option(address.length === 4 ? 1 : 2, value, littleEndian));
  }
  return block(BLOCK_NAME_RESOLUTION, body.u32(0).finish(), littleEndian);
}

/** An interface statistics block (section 4.6) that says how many packets were dropped. */
export function interfaceStatistics(
  interfaceId: number,
  dropped: bigint,
  littleEndian = true,
): Uint8Array<ArrayBuffer> {
  const count = new ByteWriter(littleEndian).u64(dropped).finish();
  const body = new ByteWriter(littleEndian)
    .u32(interfaceId)
    .u32(0)
    .u32(0)
    .bytes(option(5, count, littleEndian))
    .u32(0);
  return block(BLOCK_STATISTICS, body.finish(), littleEndian);
}

export interface PcapngSection {
  /** Byte order of the section; little when left out. */
  littleEndian?: boolean;
  /** One Ethernet interface when left out. */
  interfaces?: readonly InterfaceOptions[];
  packets: readonly PacketRecord[];
}

/**
 * A pcapng file of one or more sections, each with its header, its interfaces and its packets as enhanced packet
 * blocks.
 */
export function pcapng(...sections: readonly PcapngSection[]): Uint8Array<ArrayBuffer> {
  const file = new ByteWriter();
  for (const { littleEndian = true, interfaces = [{}], packets } of sections) {
    file.bytes(sectionHeader(littleEndian));
    for (const options of interfaces) file.bytes(interfaceDescription(options, littleEndian));
    for (const packet of packets) {
      file.bytes(enhancedPacket(packet, interfaces[packet.interfaceId ?? 0], littleEndian));
    }
  }
  return file.finish();
}
