import { describe, expect, it } from 'vitest';
import {
  block,
  enhancedPacket,
  interfaceDescription,
  pcapng,
  sectionHeader,
  simplePacket,
  ticks,
} from '../../builders/pcapng.ts';
import { fromHex, hex, tight } from './hex.ts';

const packet = { seconds: 1_772_438_400, nanoseconds: 123_456_789, data: fromHex('aabbccddee') };

describe('pcapng blocks', () => {
  it('have their length before and after a padded body', () => {
    expect(hex(block(0x0bad, fromHex('0102030405'), false))).toBe(tight('00000bad 00000014 0102030405000000 00000014'));
    expect(hex(block(0x0bad, fromHex('')))).toBe(tight('ad0b0000 0c000000 0c000000'));
  });

  it("begin with a section header in the section's byte order", () => {
    expect(hex(sectionHeader())).toBe(tight('0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000'));
    expect(hex(sectionHeader(false, 64n))).toBe(tight('0a0d0d0a 0000001c 1a2b3c4d 00010000 0000000000000040 0000001c'));
  });

  it('describe an interface, with options where there are any', () => {
    expect(hex(interfaceDescription({}, false))).toBe(tight('00000001 00000014 0001000000000000 00000014'));
    const options = {
      linkType: 101,
      snapLength: 96,
      name: 'en0',
      resolution: { base: 2, exponent: 10 },
      offsetSeconds: -1,
    } as const;
    expect(hex(interfaceDescription(options, false))).toBe(
      tight(
        '00000001 00000034 0065000000000060 00020003656e3000 000900018a000000 000e0008ffffffffffffffff ' +
          '00000000 00000034',
      ),
    );
  });

  it('hold packets with and without a time', () => {
    expect(hex(enhancedPacket({ ...packet, seconds: 0, wireLength: 64, interfaceId: 2 }, {}, false))).toBe(
      tight('00000006 00000028 00000002 00000000 0001e240 00000005 00000040 aabbccddee000000 00000028'),
    );
    expect(hex(simplePacket(packet.data, 64))).toBe(tight('03000000 18000000 40000000 aabbccddee000000 18000000'));
  });
});

describe('ticks', () => {
  it('counts in the units and from the offset of the interface', () => {
    expect(ticks(packet)).toBe(1_772_438_400_123_456n);
    expect(ticks(packet, { resolution: { base: 10, exponent: 9 } })).toBe(1_772_438_400_123_456_789n);
    expect(ticks(packet, { resolution: { base: 10, exponent: 0 } })).toBe(1_772_438_400n);
    expect(
      ticks(
        { ...packet, nanoseconds: 500_000_000 },
        { resolution: { base: 2, exponent: 1 }, offsetSeconds: 1_772_438_000 },
      ),
    ).toBe(801n);
  });
});

describe('pcapng', () => {
  it('puts sections one after another, each in its own byte order', () => {
    const interfaces = [{}, { resolution: { base: 10, exponent: 9 } }] as const;
    const second = { ...packet, interfaceId: 1 };
    const file = pcapng({ packets: [packet] }, { littleEndian: false, interfaces, packets: [second] });
    expect(hex(file)).toBe(
      [
        sectionHeader(),
        interfaceDescription(),
        enhancedPacket(packet),
        sectionHeader(false),
        interfaceDescription({}, false),
        interfaceDescription(interfaces[1], false),
        enhancedPacket(second, interfaces[1], false),
      ]
        .map(hex)
        .join(''),
    );
  });
});
