import fc from 'fast-check';
import type { PacketRecord } from '../builders/pcap.ts';
import {
  block,
  enhancedPacket,
  interfaceDescription,
  type InterfaceOptions,
  interfaceStatistics,
  nameResolution,
  obsoletePacket,
  type Resolution,
  sectionHeader,
  simplePacket,
  ticks,
} from '../builders/pcapng.ts';
import { type BuiltCapture, type BuiltPacket, linkTypes, record } from './records.ts';

/** Resolutions whose ticks of any 32-bit second fit in 64 bits. */
const resolution = fc.oneof(
  fc.record({ base: fc.constant<10>(10), exponent: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ base: fc.constant<2>(2), exponent: fc.integer({ min: 0, max: 31 }) }),
);

const interfaces = fc.array(
  fc.record(
    {
      linkType: linkTypes,
      resolution,
      offsetSeconds: fc.constantFrom(0, 1, -3600, -(2 ** 31)),
      name: fc.string({ maxLength: 20 }),
    },
    { requiredKeys: ['linkType'] },
  ),
  { minLength: 1, maxLength: 4 },
);

/**
 * Types of blocks that are passed over: decryption secrets, custom ones, one that nobody has given out, systemd's
 * journal.
 */
const PASSED_OVER = [10, 0xbad, 0x4000_0bad, 0x1234, 9];

const anyBlock = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('enhanced', 'obsolete', 'simple'),
      packet: record,
      onInterface: fc.nat(),
    }),
  },
  fc.record({ type: fc.constantFrom(...PASSED_OVER), size: fc.integer({ min: 0, max: 3000 }) }),
  fc.record({ kind: fc.constantFrom('names', 'statistics') }),
);

/** A packet as the ticks of its interface keep it. */
function kept({ data, wireLength = data.length, ...packet }: PacketRecord, options: InterfaceOptions): BuiltPacket {
  const { base, exponent }: Resolution = options.resolution ?? { base: 10, exponent: 6 };
  const perSecond = BigInt(base) ** BigInt(exponent);
  const time = ticks({ data, ...packet }, options);
  return {
    seconds: Number(time / perSecond) + (options.offsetSeconds ?? 0),
    nanoseconds: Number(((time % perSecond) * 1_000_000_000n) / perSecond),
    data,
    wireLength,
    linkType: options.linkType ?? 1,
  };
}

const section = fc
  .record({
    littleEndian: fc.boolean(),
    described: interfaces,
    length: fc.constantFrom(-1n, 0n),
    blocks: fc.array(anyBlock, { maxLength: 20 }),
  })
  .map(({ littleEndian, described, length, blocks }): BuiltCapture => {
    const packets: BuiltPacket[] = [];
    const parts = blocks.map((one) => {
      if ('type' in one) return block(one.type, new Uint8Array(one.size), littleEndian);
      if (!('packet' in one)) {
        return one.kind === 'names'
          ? nameResolution([{ address: [10, 0, 0, 1], names: ['one.example'] }], littleEndian)
          : interfaceStatistics(0, 0n, littleEndian);
      }
      const { data, wireLength } = one.packet;
      if (one.kind === 'simple') {
        packets.push({ seconds: 0, nanoseconds: 0, data, wireLength: data.length, linkType: described[0].linkType });
        return simplePacket(data, data.length, littleEndian);
      }
      const interfaceId = one.onInterface % described.length;
      packets.push(kept({ ...one.packet, wireLength }, described[interfaceId]));
      return (one.kind === 'enhanced' ? enhancedPacket : obsoletePacket)(
        { ...one.packet, interfaceId },
        described[interfaceId],
        littleEndian,
      );
    });
    const heads = described.map((options) => interfaceDescription(options, littleEndian));
    return { packets, bytes: joined([sectionHeader(littleEndian, length), ...heads, ...parts]) };
  });

/** A pcapng file of random sections, interfaces and blocks. */
export const sections: fc.Arbitrary<BuiltCapture> = fc.array(section, { minLength: 1, maxLength: 3 }).map((built) => ({
  packets: built.flatMap(({ packets }) => packets),
  bytes: joined(built.map(({ bytes }) => bytes)),
}));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
