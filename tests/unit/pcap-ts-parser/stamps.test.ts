import fc from 'fast-check';
import { bufferSource, type CaptureInfo, PcapngWriter, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { pcap } from '../../builders/pcap.ts';
import { enhancedPacket, interfaceDescription, sectionHeader } from '../../builders/pcapng.ts';

const DAY = 1_700_000_000;
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
/** An IEEE 802.3 frame without IP, whose first byte is its size. */
const record = (seconds: number, size = 60) => {
  return { seconds, nanoseconds: 5000, data: new Uint8Array(size).fill(4).fill(size, 0, 1) };
};

interface Seen {
  seconds: number;
  stamp: number | null;
  size: number;
}

async function read(bytes: Uint8Array, chunkBytes = 1 << 22): Promise<{ seen: Seen[]; info: CaptureInfo }> {
  const seen: Seen[] = [];
  const info = await readPackets(
    bufferSource(bytes),
    ({ seconds, misdated, stampSeconds, capturedLength, bytes: chunk, start }) => {
      expect(chunk[start]).toBe(capturedLength & 0xff);
      seen.push({ seconds, stamp: misdated ? stampSeconds : null, size: capturedLength });
    },
    { chunkBytes },
  );
  return { seen, info };
}

/** Eleven packets a minute apart, the one at `place` with another stamp. */
function stamped(place: number, seconds: number): ReturnType<typeof record>[] {
  return Array.from({ length: 11 }, (_, index) => record(index === place ? seconds : DAY + 60 * index, 40 + index));
}

describe('stamps that a capture cannot mean', () => {
  const PLACES = [0, 1, 4, 9, 10];
  it.each([0, 441_763_200, 4_294_967_295].flatMap((stamp) => PLACES.map((place) => [stamp, place] as const)))(
    '%i at place %i is set aside, the packet counts at the time of its neighbour',
    async (stamp, place) => {
      const records = stamped(place, stamp);
      for (const bytes of [
        pcap({ packets: records }),
        join(sectionHeader(), interfaceDescription(), ...records.map((one) => enhancedPacket(one))),
      ]) {
        for (const chunk of [1 << 22, 70]) {
          const { seen, info } = await read(bytes, chunk);
          expect(seen.map(({ size }) => size)).toEqual(records.map(({ data }) => data.length));
          expect(seen[place]).toMatchObject({ stamp, seconds: DAY + 60 * Math.max(1, place) - (place === 0 ? 0 : 60) });
          expect(seen.filter((one) => one.stamp !== null)).toHaveLength(1);
          expect(info.warnings).toMatchObject([
            { kind: 'stray-stamps', message: expect.stringContaining(`(frame ${place + 1}, stamped`) as string },
          ]);
        }
      }
    },
  );

  it.each([3600, 86_400, 30 * 86_400].flatMap((ahead) => [0, 1, 4, 7].map((place) => [ahead, place] as const)))(
    'are also %i s ahead, at place %i, while what follows goes on from before',
    async (ahead, place) => {
      const packets = Array.from({ length: 14 }, (_, index) => record(DAY + index + (index === place ? ahead : 0)));
      const { seen, info } = await read(pcap({ packets }));
      expect(seen.map(({ stamp }) => stamp !== null)).toEqual(packets.map((_, index) => index === place));
      expect(seen[place].seconds).toBe(DAY + Math.max(1, place) - (place === 0 ? 0 : 1));
      expect(info.warnings).toMatchObject([
        { message: expect.stringMatching(/^1 packet is stamped far ahead of those around .* UTC\)/) as string },
      ]);
    },
  );

  it.each([
    ['a pause of an hour', [0, 1, 2, 3, 3603, 3604, 3605, 3606]],
    ['a stamp ahead that two packets alone follow', [0, 1, 2, 3, 3604, 5, 6]],
    ['one file behind another', [0, 100, 200, 300, 1, 101, 201, 301]],
    ['a packet that comes late', [0, 1, 2, 90, 91, 5, 92, 93, 94]],
    ['a last packet after a day', [0, 1, 2, 3, 4, 5, 6, 86_406]],
    ['a file that pauses before its last packet, with another behind it', [0, 1, 2, 3, 100, 1, 2, 3, 4, 5, 6, 7, 100]],
  ])('are none in %s', async (_, seconds) => {
    const { info } = await read(pcap({ packets: seconds.map((second) => record(DAY + second)) }));
    expect(info.warnings).toEqual([]);
  });

  it('are none in captures in order, however sparse: on one interface, or on several that are written down late', async () => {
    const pauses = fc.array(fc.constantFrom(0, 1, 30, 59, 61, 90, 600, 7200, 90_000), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(pauses, { minLength: 1, maxLength: 3 }),
        fc.infiniteStream(fc.nat(2)),
        async (of, picks) => {
          const waiting = of.map((some) => {
            let at = DAY;
            return some.map((pause) => record((at += pause)));
          });
          const blocks: Uint8Array[] = [];
          for (const pick of picks) {
            const left = waiting.flatMap((records, interfaceId) => (records.length > 0 ? [interfaceId] : []));
            if (left.length === 0) break;
            const interfaceId = left[pick % left.length];
            const [next] = waiting[interfaceId].splice(0, 1);
            blocks.push(enhancedPacket({ ...next, interfaceId }));
          }
          const { seen, info } = await read(join(sectionHeader(), ...of.map(() => interfaceDescription()), ...blocks));
          expect(seen.every(({ stamp }) => stamp === null)).toBe(true);
          expect(info.warnings).toEqual([]);
        },
      ),
    );
  });

  it('are told from a clock that was set: what follows agrees with it', async () => {
    const packets = [0, 1, 2, 3, 4].map((index) => record(index)).concat(stamped(-1, 0));
    const { seen, info } = await read(pcap({ packets }));
    expect(seen.map(({ seconds }) => seconds)).toEqual(packets.map(({ seconds }) => seconds));
    expect(info.warnings).toEqual([]);
  });

  it.each([
    ['one packet of 1970', [record(0)]],
    ['a capture of 1970', [0, 1, 2, 3].map((second) => record(second))],
    [
      'two captures years apart in one file',
      [...stamped(-1, 0), ...[1, 2, 3].map((n) => record(DAY + n * 10_000_000))],
    ],
  ])('are none in %s', async (_, packets) => {
    const { seen, info } = await read(pcap({ packets }));
    expect(seen.every(({ stamp }) => stamp === null)).toBe(true);
    expect(info.warnings).toEqual([]);
  });

  it('may lie beyond any calendar', async () => {
    const interfaces = interfaceDescription({ resolution: { base: 10, exponent: 0 } });
    const far = enhancedPacket(record(3_000_000_000_000_000), { resolution: { base: 10, exponent: 0 } });
    const near = enhancedPacket(record(DAY), { resolution: { base: 10, exponent: 0 } });
    const { info } = await read(join(sectionHeader(), interfaces, near, far, near, near));
    expect(info.warnings).toMatchObject([{ message: expect.stringMatching(/stamped \d{15,} s/) as string }]);
  });

  it('are counted, and the first ones named', async () => {
    const packets = Array.from({ length: 200 }, (_, index) => record(index % 10 === 5 ? 7 : DAY + index));
    const { seen, info } = await read(pcap({ packets }));
    expect(seen.filter(({ stamp }) => stamp === 7)).toHaveLength(20);
    expect(info.warnings).toHaveLength(1);
    expect(info.warnings[0].message).toMatch(
      /^20 packets are stamped years away .*frame 6, stamped 1970-01-01, .* \.\.\.\)/,
    );
  });

  it('are written as they were read', async () => {
    const writer = new PcapngWriter('test');
    await readPackets(bufferSource(pcap({ packets: stamped(4, 0) })), (packet) => writer.packet(packet));
    const { seen } = await read(writer.take());
    expect(seen[4].stamp).toBe(0);
  });
});

describe('nanoseconds in a file that says microseconds', () => {
  /** A capture whose header says microseconds, with these fractions as they stand in its records. */
  function withFractions(fractions: readonly number[]): Uint8Array {
    const bytes = pcap({ packets: fractions.map(() => record(DAY)) });
    const view = new DataView(bytes.buffer);
    for (const [index, fraction] of fractions.entries()) view.setUint32(24 + index * 76 + 4, fraction, true);
    return bytes;
  }

  async function fractionsOf(bytes: Uint8Array, chunkBytes = 1 << 22): Promise<[number[], string[]]> {
    const fractions: number[] = [];
    const take = ({ seconds, nanoseconds }: { seconds: number; nanoseconds: number }): void => {
      fractions.push((seconds - DAY) * 1e9 + nanoseconds);
    };
    const { warnings } = await readPackets(bufferSource(bytes), take, { chunkBytes });
    return [fractions, warnings.map(({ kind }) => kind)];
  }

  it.each([1 << 22, 50])('are read as such, and that is said (chunks of %i bytes)', async (chunk) => {
    for (const fractions of [
      [999_999_999, 1],
      [0, 0, 500_000_000],
      [5, 700_000_000, 800_000_000],
    ]) {
      expect(await fractionsOf(withFractions(fractions), chunk)).toEqual([fractions, ['nanosecond-fractions']]);
    }
  });

  it('are none where most fractions are microseconds', async () => {
    expect(await fractionsOf(withFractions([1, 2, 1_000_001]))).toEqual([[1000, 2000, 1_000_001_000], []]);
    expect(await fractionsOf(withFractions([0, 999_999]))).toEqual([[0, 999_999_000], []]);
  });

  it('end where another file is joined on', async () => {
    const joined = join(withFractions([900_000_000, 800_000_000]), withFractions([1, 2, 3]));
    const [fractions, kinds] = await fractionsOf(joined, 100);
    expect(fractions).toEqual([900_000_000, 800_000_000, 1000, 2000, 3000]);
    expect(kinds).toEqual(['nanosecond-fractions', 'joined-files']);
  });
});
