import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { lz4 } from '../builders/compress/lz4.ts';
import { xz } from '../builders/compress/xz.ts';
import { zstd } from '../builders/compress/zstd.ts';
import { pcap } from '../builders/pcap.ts';
import { type BuiltCapture, linkTypes, record } from './records.ts';
import { sections } from './sections.ts';

type ClassicKind = { nanoseconds?: true; extraHeader?: 8 | 12 };

function classic(kind: ClassicKind): fc.Arbitrary<BuiltCapture> {
  return fc
    .record({ records: fc.array(record, { maxLength: 30 }), littleEndian: fc.boolean(), linkType: linkTypes })
    .map(({ records, littleEndian, linkType }) => ({
      bytes: pcap({ ...kind, littleEndian, linkType, packets: records }),
      packets: records.map(({ seconds, nanoseconds, data, wireLength }) => ({
        seconds,
        nanoseconds: kind.nanoseconds ? nanoseconds : nanoseconds - (nanoseconds % 1000),
        data,
        wireLength,
        linkType,
      })),
    }));
}

/** Random captures by kind of container, each in either byte order. */
export const CONTAINERS: ReadonlyMap<string, fc.Arbitrary<BuiltCapture>> = new Map([
  ['pcap in microseconds', classic({})],
  ['pcap in nanoseconds', classic({ nanoseconds: true })],
  ['modified pcap', classic({ extraHeader: 8 })],
  ["modified pcap, SuSE's form", classic({ extraHeader: 12 })],
  ['pcapng', sections],
]);

/** A random capture in any container. */
export const capture: fc.Arbitrary<BuiltCapture> = fc.oneof(...CONTAINERS.values());

/** Ways to pack a capture, by name. */
export const PACKINGS: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  ['gzip', (bytes) => gzipSync(bytes)],
  ['zstd', (bytes) => zstd(bytes, { blockBytes: 1000 })],
  ['lz4', (bytes) => lz4(bytes, { linked: true, blockBytes: 2000 })],
  ['xz', (bytes) => xz(bytes)],
]);
