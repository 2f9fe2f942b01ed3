import { ByteWriter } from './bytes.ts';
import { LINK_ETHERNET } from './link-types.ts';

/** A packet and when it was captured. */
export interface PacketRecord {
  /** Whole seconds since 1970. */
  seconds: number;
  /** Within that second, 0 to 999,999,999. */
  nanoseconds: number;
  /** The captured bytes, from the link-layer header on. */
  data: Uint8Array;
  /** Bytes on the wire: as many as were captured when left out. */
  wireLength?: number;
  /** Interface in the section's order; pcapng only, 0 when left out. */
  interfaceId?: number;
}

/** A record at a time in seconds since 1970, rounded to the microsecond. */
export function packetAt(time: number, data: Uint8Array): PacketRecord {
  const seconds = Math.floor(time);
  const microseconds = Math.round((time - seconds) * 1e6);
  return microseconds === 1_000_000
    ? { seconds: seconds + 1, nanoseconds: 0, data }
    : { seconds, nanoseconds: microseconds * 1000, data };
}

/** Earlier before later, for a stable sort. */
export function byTime(a: PacketRecord, b: PacketRecord): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}

/** The first `snapLength` bytes of a packet, with its length on the wire kept. */
export function snapped(packet: PacketRecord, snapLength: number): PacketRecord {
  return { ...packet, data: packet.data.subarray(0, snapLength), wireLength: packet.wireLength ?? packet.data.length };
}

export interface PcapOptions {
  /** Byte order of the file; little when left out. */
  littleEndian?: boolean;
  /** Nanosecond timestamps (magic 0xa1b23c4d), else microseconds (0xa1b2c3d4). */
  nanoseconds?: boolean;
  /** Bytes of a record's header beyond 16: 8 or 12 in files with the modified magic number (0xa1b2cd34). */
  extraHeader?: 0 | 8 | 12;
  linkType?: number;
  snapLength?: number;
}

/** The 24 bytes a classic capture file begins with (draft-ietf-opsawg-pcap, section 4). */
export function pcapHeader({
  littleEndian = true,
  nanoseconds = false,
  extraHeader = 0,
  linkType = LINK_ETHERNET,
  snapLength = 262_144,
}: PcapOptions = {}): Uint8Array<ArrayBuffer> {
  return new ByteWriter(littleEndian)
    .u32(extraHeader > 0 ? 0xa1b2cd34 : nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
    .u16(2)
    .u16(4)
    .u32(0)
    .u32(0)
    .u32(snapLength)
    .u32(linkType)
    .finish();
}

/** A classic capture file: the header, then each packet behind its 16 bytes of record header. */
export function pcap({
  packets,
  ...options
}: PcapOptions & { packets: readonly PacketRecord[] }): Uint8Array<ArrayBuffer> {
  const { littleEndian = true, nanoseconds: inNanoseconds = false, extraHeader = 0 } = options;
  const file = new ByteWriter(littleEndian).bytes(pcapHeader(options));
  for (const { seconds, nanoseconds, data, wireLength = data.length } of packets) {
    file.u32(seconds).u32(inNanoseconds ? nanoseconds : Math.floor(nanoseconds / 1000));
    file.u32(data.length).u32(wireLength).bytes(new Uint8Array(extraHeader)).bytes(data);
  }
  return file.finish();
}
