import { describe, expect, it } from 'vitest';
import { byTime, packetAt, pcap, pcapHeader, snapped } from '../../builders/pcap.ts';
import { fromHex, hex, tight } from './hex.ts';

const packet = { seconds: 0x01020304, nanoseconds: 5_000_999, data: fromHex('aabbcc') };

describe('pcapHeader', () => {
  it('writes the four magic numbers', () => {
    expect(hex(pcapHeader())).toBe(tight('d4c3b2a1 02000400 00000000 00000000 00000400 01000000'));
    expect(hex(pcapHeader({ littleEndian: false, linkType: 113, snapLength: 96 }))).toBe(
      tight('a1b2c3d4 00020004 00000000 00000000 00000060 00000071'),
    );
    expect(hex(pcapHeader({ nanoseconds: true }).subarray(0, 4))).toBe('4d3cb2a1');
    expect(hex(pcapHeader({ nanoseconds: true, littleEndian: false }).subarray(0, 4))).toBe('a1b23c4d');
  });
});

describe('pcap', () => {
  it('writes microseconds, rounded down', () => {
    expect(hex(pcap({ packets: [packet] }).subarray(24))).toBe(tight('04030201 88130000 03000000 03000000 aabbcc'));
  });

  it('writes nanoseconds and the length on the wire', () => {
    const file = pcap({ littleEndian: false, nanoseconds: true, packets: [{ ...packet, wireLength: 1500 }] });
    expect(hex(file.subarray(24))).toBe(tight('01020304 004c4f27 00000003 000005dc aabbcc'));
  });
});

describe('packet records', () => {
  it('round times to the microsecond, into the next second where needed', () => {
    expect(packetAt(1_772_438_400.25, packet.data)).toMatchObject({ seconds: 1_772_438_400, nanoseconds: 250_000_000 });
    expect(packetAt(9.999_999_9, packet.data)).toMatchObject({ seconds: 10, nanoseconds: 0 });
  });

  it('sort by time and are cut to a snap length', () => {
    const times = [3, 1.5, 2, 1.25].map((time) => packetAt(time, packet.data)).sort(byTime);
    expect(times.map(({ seconds, nanoseconds }) => seconds + nanoseconds / 1e9)).toEqual([1.25, 1.5, 2, 3]);
    expect(snapped(packet, 2)).toEqual({ ...packet, data: fromHex('aabb'), wireLength: 3 });
    expect(snapped(snapped(packet, 2), 1).wireLength).toBe(3);
  });
});
