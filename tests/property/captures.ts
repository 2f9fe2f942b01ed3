import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { lz4 } from '../builders/compress/lz4.ts';
import { xz } from '../builders/compress/xz.ts';
import { zstd } from '../builders/compress/zstd.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { ipv4 } from '../builders/ipv4.ts';
import { pcap, type PacketRecord } from '../builders/pcap.ts';
import {
  block, enhancedPacket, interfaceDescription, interfaceStatistics, nameResolution, obsoletePacket, type Resolution,
  sectionHeader,
} from '../builders/pcapng.ts';
import { udp } from '../builders/udp.ts';

/** A capture file and the packets it was made of. */
export interface BuiltCapture {
  packets: PacketRecord[];
  bytes: Uint8Array;
}

const record: fc.Arbitrary<PacketRecord> = fc
  .record({
    seconds: fc.integer({ min: 1, max: 2 ** 32 - 1 }), micros: fc.integer({ min: 0, max: 999_999 }), size: fc.integer({ min: 0, max: 2000 }),
  })
  .map(({ seconds, micros, size }) => {
    const payload = udp({ sourcePort: 1000, destinationPort: 2000, payload: new Uint8Array(size).fill(size) });
    const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload });
    return { seconds, nanoseconds: micros * 1000, data: ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }) };
  });

const classic: fc.Arbitrary<BuiltCapture> = fc
  .record({
    packets: fc.array(record, { maxLength: 30 }), littleEndian: fc.boolean(),
    kind: fc.constantFrom({}, { nanoseconds: true }, { extraHeader: 8 as const }, { extraHeader: 12 as const }),
  })
  .map(({ packets, littleEndian, kind }) => ({ packets, bytes: pcap({ ...kind, littleEndian, packets }) }));

/** Resolutions that hold whole microseconds. */
const resolution = fc.constantFrom<Resolution | undefined>(
  undefined, { base: 10, exponent: 6 }, { base: 10, exponent: 9 }, { base: 10, exponent: 7 },
);

/** A block of any kind, with the packet it holds. */
const anyBlock = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('enhanced', 'obsolete'), packet: record }) },
  fc.record({ kind: fc.constantFrom('unknown', 'custom'), size: fc.integer({ min: 0, max: 3000 }) }),
  fc.record({ kind: fc.constantFrom('names', 'statistics') }),
);

const section = fc
  .record({ littleEndian: fc.boolean(), resolution, offsetSeconds: fc.constantFrom(undefined, 0, 1), blocks: fc.array(anyBlock, { maxLength: 20 }) })
  .map(({ littleEndian, resolution: units, offsetSeconds, blocks }): BuiltCapture => {
    const options = { ...(units === undefined ? {} : { resolution: units }), ...(offsetSeconds === undefined ? {} : { offsetSeconds }) };
    const packets: PacketRecord[] = [];
    const parts = blocks.map((one) => {
      if ('packet' in one) {
        packets.push(one.packet);
        return (one.kind === 'enhanced' ? enhancedPacket : obsoletePacket)(one.packet, options, littleEndian);
      }
      if ('size' in one) return block(one.kind === 'custom' ? 0xbad : 0x1234, new Uint8Array(one.size), littleEndian);
      return one.kind === 'names'
        ? nameResolution([{ address: [10, 0, 0, 1], names: ['one.example'] }], littleEndian)
        : interfaceStatistics(0, 0n, littleEndian);
    });
    return { packets, bytes: joined([sectionHeader(littleEndian), interfaceDescription(options, littleEndian), ...parts]) };
  });

const nextGeneration: fc.Arbitrary<BuiltCapture> = fc.array(section, { minLength: 1, maxLength: 3 }).map((sections) => ({
  packets: sections.flatMap(({ packets }) => packets), bytes: joined(sections.map(({ bytes }) => bytes)),
}));

/** A random capture in any container, byte order and resolution. */
export const capture: fc.Arbitrary<BuiltCapture> = fc.oneof(classic, nextGeneration);

/** Ways to pack a capture, by name. */
export const PACKINGS: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  ['nothing', (bytes) => bytes],
  ['gzip', (bytes) => gzipSync(bytes)],
  ['zstd', (bytes) => zstd(bytes, { blockBytes: 1000 })],
  ['lz4', (bytes) => lz4(bytes, { linked: true, blockBytes: 2000 })],
  ['xz', (bytes) => xz(bytes)],
]);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
