import fc from 'fast-check';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { ipv4 } from '../builders/ipv4.ts';
import type { PacketRecord } from '../builders/pcap.ts';
import { udp } from '../builders/udp.ts';

/** What a packet of a built capture reads back as. */
export interface BuiltPacket {
  seconds: number;
  nanoseconds: number;
  data: Uint8Array;
  wireLength: number;
  linkType: number;
}

/** A capture file and the packets it was made of. */
export interface BuiltCapture {
  packets: BuiltPacket[];
  bytes: Uint8Array;
}

/** A packet at any time, longer on the wire than captured or not. */
export const record: fc.Arbitrary<PacketRecord & { wireLength: number }> = fc
  .record({
    seconds: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
    size: fc.integer({ min: 0, max: 2000 }),
    lost: fc.constantFrom(0, 0, 1, 9000),
  })
  .map(({ seconds, nanoseconds, size, lost }) => {
    const payload = udp({ sourcePort: 1000, destinationPort: 2000, payload: new Uint8Array(size).fill(size) });
    const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload });
    const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: packet });
    return { seconds, nanoseconds, data, wireLength: data.length + lost };
  });

/** Link types, one of which is not decoded. */
export const linkTypes = fc.constantFrom(1, 101, 113, 147, 228);
