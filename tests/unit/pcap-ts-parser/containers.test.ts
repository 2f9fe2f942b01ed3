import { bufferSource, blobSource, type Packet, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { LINK_ETHERNET, LINK_RAW } from '../../builders/link-types.ts';
import { pcap } from '../../builders/pcap.ts';
import {
  block,
  enhancedPacket,
  interfaceDescription,
  interfaceStatistics,
  nameResolution,
  obsoletePacket,
  option,
  pcapng,
  sectionHeader,
  simplePacket,
} from '../../builders/pcapng.ts';

type Fact = Pick<
  Packet,
  'seconds' | 'nanoseconds' | 'capturedLength' | 'wireLength' | 'linkType' | 'timed' | 'fileOffset'
>;

async function factsOf(bytes: Uint8Array, chunkBytes?: number): Promise<Fact[]> {
  const facts: Fact[] = [];
  const { warnings } = await readPackets(
    bufferSource(bytes),
    ({ seconds, nanoseconds, capturedLength, wireLength, linkType, timed, fileOffset }) => {
      facts.push({ seconds, nanoseconds, capturedLength, wireLength, linkType, timed, fileOffset });
    },
    chunkBytes === undefined ? {} : { chunkBytes },
  );
  expect(warnings).toEqual([]);
  return facts;
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** As Ethernet an IEEE 802.3 frame without IP, as RAW the beginning of an IPv6 packet. */
const data = new Uint8Array(60).fill(4).fill(0x60, 0, 1);

describe('pcap', () => {
  it.each([
    { littleEndian: true, nanoseconds: false, want: 123_456_000 },
    { littleEndian: false, nanoseconds: false, want: 123_456_000 },
    { littleEndian: true, nanoseconds: true, want: 123_456_789 },
    { littleEndian: false, nanoseconds: true, want: 123_456_789 },
  ])('littleEndian $littleEndian, nanoseconds $nanoseconds', async ({ littleEndian, nanoseconds, want }) => {
    const packets = [{ seconds: 1_700_000_000, nanoseconds: 123_456_789, data, wireLength: 1500 }];
    expect(await factsOf(pcap({ littleEndian, nanoseconds, packets }))).toEqual([
      {
        seconds: 1_700_000_000,
        nanoseconds: want,
        capturedLength: 60,
        wireLength: 1500,
        linkType: 1,
        timed: true,
        fileOffset: 24,
      },
    ]);
  });

  it('adds up a fraction of more than a second', async () => {
    const packets = [1, 2, 3].map((microseconds) => ({ seconds: 10, nanoseconds: microseconds * 1000, data }));
    const bytes = pcap({ packets });
    new DataView(bytes.buffer).setUint32(28, 2_500_000, true);
    expect((await factsOf(bytes)).map(({ seconds, nanoseconds }) => [seconds, nanoseconds])).toEqual([
      [12, 500_000_000],
      [10, 2000],
      [10, 3000],
    ]);
  });

  it('reads a record longer than the chunk and than the room kept before it', async () => {
    const long = { seconds: 1, nanoseconds: 0, data: new Uint8Array(262_144).fill(4) };
    const bytes = pcap({ packets: [long, long, { seconds: 2, nanoseconds: 0, data }] });
    const facts = await factsOf(bytes, 1000);
    expect(facts.map(({ capturedLength }) => capturedLength)).toEqual([262_144, 262_144, 60]);
  });

  it('reads a Blob as it reads a buffer', async () => {
    const bytes = pcap({ packets: [{ seconds: 1, nanoseconds: 0, data }] });
    const info = await readPackets(blobSource(new Blob([bytes]), 'dropped.pcap'), () => undefined);
    expect(info).toMatchObject({ format: 'pcap', packets: 1, bytes: bytes.length, linkTypes: [LINK_ETHERNET] });
  });
});

describe('pcapng', () => {
  it('gives each section its byte order and each interface its link type and resolution', async () => {
    const packet = { seconds: 1_700_000_000, nanoseconds: 987_654_321, data };
    const bytes = pcapng(
      {
        littleEndian: true,
        interfaces: [{ linkType: LINK_ETHERNET }, { linkType: LINK_RAW, resolution: { base: 10, exponent: 9 } }],
        packets: [packet, { ...packet, interfaceId: 1 }],
      },
      { littleEndian: false, interfaces: [{ resolution: { base: 10, exponent: 3 } }], packets: [packet] },
    );
    expect(await factsOf(bytes)).toMatchObject([
      { nanoseconds: 987_654_000, linkType: LINK_ETHERNET },
      { nanoseconds: 987_654_321, linkType: LINK_RAW },
      { nanoseconds: 987_000_000, linkType: LINK_ETHERNET },
    ]);
  });

  it.each([
    { base: 10, exponent: 12, seconds: 1_000_000, want: 987_654_321 },
    { base: 2, exponent: 20, seconds: 1_700_000_000, want: 987_653_732 },
    { base: 10, exponent: 0, seconds: 1_700_000_000, want: 0 },
  ] as const)('keeps nanoseconds exact in units of $base^-$exponent', async ({ base, exponent, seconds, want }) => {
    const options = { resolution: { base, exponent } };
    const packets = [{ seconds, nanoseconds: 987_654_321, data }];
    expect(await factsOf(pcapng({ interfaces: [options], packets }))).toMatchObject([{ seconds, nanoseconds: want }]);
  });

  it.each([3600, -3600])('adds an offset of %i seconds', async (offsetSeconds) => {
    const packets = [{ seconds: 1_700_000_000, nanoseconds: 5000, data }];
    expect(await factsOf(pcapng({ interfaces: [{ offsetSeconds }], packets }))).toMatchObject([
      { seconds: 1_700_000_000, nanoseconds: 5000 },
    ]);
  });

  it('cuts a simple packet at the snap length and says that it has no time', async () => {
    const bytes = join(
      sectionHeader(),
      interfaceDescription({ snapLength: 20 }),
      simplePacket(data.subarray(0, 20), 60),
    );
    expect(await factsOf(bytes)).toMatchObject([{ seconds: 0, timed: false, capturedLength: 20, wireLength: 60 }]);
  });

  it('passes over unknown blocks, also those longer than a chunk', async () => {
    const packet = { seconds: 3, nanoseconds: 0, data };
    const bytes = join(
      sectionHeader(),
      block(0x0bad, new Uint8Array(10_000)),
      interfaceDescription(),
      block(5, new Uint8Array(12)),
      enhancedPacket(packet),
    );
    expect(await factsOf(bytes, 64)).toMatchObject([{ seconds: 3, timed: true, capturedLength: 60 }]);
  });
});

describe('pcap with the modified magic number', () => {
  const packets = Array.from({ length: 5 }, (_, index) => ({
    seconds: 1_700_000_000 + index,
    nanoseconds: 5000,
    data,
  }));

  it.each([
    [8, true, 1000],
    [8, false, 40],
    [12, true, 1000],
    [12, false, 40],
  ] as const)('record headers with %i bytes more, little-endian %s', async (extraHeader, littleEndian, chunkBytes) => {
    const facts = await factsOf(pcap({ littleEndian, extraHeader, packets }), chunkBytes);
    expect(facts.map(({ seconds, capturedLength }) => [seconds, capturedLength])).toEqual(
      packets.map(({ seconds }) => [seconds, 60]),
    );
  });
});

describe('what pcapng says beside the packets', () => {
  const packet = { seconds: 3, nanoseconds: 0, data };

  it('obsolete packet blocks', async () => {
    const bytes = join(sectionHeader(false), interfaceDescription({}, false), obsoletePacket(packet, {}, false));
    expect(await factsOf(bytes)).toMatchObject([{ seconds: 3, capturedLength: 60, timed: true }]);
  });

  it.each([true, false])('names of addresses, little-endian %s', async (littleEndian) => {
    const names: [string, string][] = [];
    const v6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const bytes = join(
      sectionHeader(littleEndian),
      nameResolution(
        [
          { address: [10, 0, 0, 1], names: ['one.example', 'alias.example'] },
          { address: v6, names: ['six\u0007.example'] },
        ],
        littleEndian,
      ),
    );
    await readPackets(bufferSource(bytes), () => undefined, {
      onName: (address, name) => names.push([address.join('.'), name]),
    });
    expect(names).toEqual([
      ['10.0.0.1', 'one.example'],
      ['10.0.0.1', 'alias.example'],
      [v6.join('.'), 'six?.example'],
    ]);
  });

  it('the first sixteen names of an address, of a record of thousands', async () => {
    const names: string[] = [];
    const many = Array.from({ length: 5000 }, (_, name) => `n${name}`);
    const records = [
      { address: [10, 0, 0, 1], names: many },
      { address: [10, 0, 0, 2], names: ['other'] },
    ];
    const bytes = join(sectionHeader(true), nameResolution(records, true));
    await readPackets(bufferSource(bytes), () => undefined, { onName: (_, name) => names.push(name) });
    expect(names).toEqual([...many.slice(0, 16), 'other']);
  });

  it('names of interfaces, dropped packets, and comments in blocks of any kind', async () => {
    const comment = option(1, new TextEncoder().encode('odd'));
    const enhanced = enhancedPacket(packet);
    const withComment = block(6, join(enhanced.subarray(8, enhanced.length - 4), comment, new Uint8Array(4)));
    const info = await readPackets(
      bufferSource(
        join(
          sectionHeader(),
          interfaceDescription({ name: 'eth0' }),
          withComment,
          withComment,
          interfaceStatistics(0, 7n),
          interfaceStatistics(0, 12n),
          interfaceStatistics(5, 1n),
        ),
      ),
      () => undefined,
    );
    expect(info).toMatchObject({ packets: 2, interfaceNames: ['eth0'], comments: 2 });
    expect(info.warnings).toEqual([
      {
        kind: 'dropped-packets',
        offset: null,
        message: '12 packets were dropped while capturing: what they held is missing here',
      },
    ]);
  });

  it('other versions and reserved bits are told, and read all the same', async () => {
    const header = sectionHeader();
    header[12] = 3;
    const ng = await readPackets(
      bufferSource(join(header, interfaceDescription(), enhancedPacket(packet))),
      () => undefined,
    );
    expect(ng).toMatchObject({ packets: 1, warnings: [{ kind: 'unknown-version', offset: 12 }] });
    const classic = pcap({ packets: [packet] });
    classic[4] = 9;
    classic[22] = 0x01;
    classic[23] = 0x44;
    expect(await readPackets(bufferSource(classic), () => undefined)).toMatchObject({
      packets: 1,
      linkTypes: [1],
      warnings: [
        { kind: 'unknown-version', offset: 4 },
        { kind: 'reserved-bits', offset: 20 },
      ],
    });
  });
});
