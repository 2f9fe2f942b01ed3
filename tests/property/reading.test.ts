import fc from 'fast-check';
import { CaptureError } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { ipv4 } from '../builders/ipv4.ts';
import { pcap, type PacketRecord } from '../builders/pcap.ts';
import { pcapng } from '../builders/pcapng.ts';
import { udp } from '../builders/udp.ts';
import { packetLines } from './packets.ts';

const record: fc.Arbitrary<PacketRecord> = fc
  .record({ seconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }), micros: fc.integer({ min: 0, max: 999_999 }), size: fc.integer({ min: 0, max: 2000 }) })
  .map(({ seconds, micros, size }) => {
    const payload = udp({ sourcePort: 1000, destinationPort: 2000, payload: new Uint8Array(size).fill(size) });
    const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload });
    return { seconds, nanoseconds: micros * 1000, data: ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }) };
  });

/** A capture in a random container, byte order and resolution, with what it was made of. */
const capture = fc
  .record({ packets: fc.array(record, { maxLength: 30 }), littleEndian: fc.boolean(), nanoseconds: fc.boolean(), ng: fc.boolean() })
  .map(({ packets, littleEndian, nanoseconds, ng }) => ({
    packets,
    bytes: ng ? pcapng({ littleEndian, packets }) : pcap({ littleEndian, nanoseconds, packets }),
  }));

describe('reading captures', () => {
  it('gives back the packets a capture was made of, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(capture, fc.integer({ min: 1, max: 5000 }), async ({ packets, bytes }, chunkBytes) => {
        const whole = await packetLines(bytes, bytes.length + 1);
        const chunked = await packetLines(bytes, chunkBytes);
        expect(chunked).toEqual(whole);
        expect(whole.info.warnings).toEqual([]);
        const times = whole.lines.map((line) => line.split(' ').slice(3, 5).map(Number));
        expect(times).toEqual(packets.map(({ seconds, nanoseconds }) => [seconds, nanoseconds]));
        const contents = whole.lines.map((line) => line.split(' ')[6]);
        expect(contents).toEqual(packets.map(({ data }) => Buffer.from(data).toString('hex')));
      }),
      { numRuns: 150 },
    );
  });

  it('throws nothing but CaptureError on mutated and cut captures', async () => {
    const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) });
    await fc.assert(
      fc.asyncProperty(capture, fc.array(change, { maxLength: 20 }), fc.nat(), async ({ bytes }, changes, length) => {
        const mutated = bytes.slice(0, length % 3 === 0 ? length % (bytes.length + 1) : bytes.length);
        for (const { at, to } of changes) if (mutated.length > 0) mutated[at % mutated.length] = to;
        try {
          const { lines, info } = await packetLines(mutated, 1000);
          expect(lines).toHaveLength(info.packets);
          expect(info.bytes).toBeLessThanOrEqual(mutated.length);
        } catch (error) {
          expect(error).toBeInstanceOf(CaptureError);
          expect((error as CaptureError).offset).toBeLessThanOrEqual(mutated.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
