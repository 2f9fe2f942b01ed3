import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../../builders/ethernet.ts';
import { ipv4 } from '../../../builders/ipv4.ts';
import { byTime, type PacketRecord, packetAt, pcap } from '../../../builders/pcap.ts';
import { tcp } from '../../../builders/tcp.ts';
import { udp } from '../../../builders/udp.ts';

const START = 1_700_000_000;

/** A datagram whose bytes are its own by `number`, as a router hands it on with `timeToLive`. */
function packet(number: number, time: number, timeToLive = 64): PacketRecord {
  const payload = udp({
    sourcePort: 5000,
    destinationPort: 7000,
    payload: Uint8Array.of(number >> 8, number & 0xff, 1, 2),
  });
  const data = ipv4({
    source: '10.0.0.1',
    destination: '10.0.0.2',
    protocol: 17,
    payload,
    identification: number & 0xffff,
    timeToLive,
  });
  return packetAt(START + time, ethernet({ etherType: ETHERTYPE_IPV4, payload: data }));
}

function packets(count: number, at: (number: number) => PacketRecord): PacketRecord[] {
  return Array.from({ length: count }, (_, number) => at(number));
}

function sourceOf(records: PacketRecord[], index: number): ByteSource {
  return bufferSource(pcap({ packets: records }), `sensor ${index}`);
}

async function warnings(...captures: PacketRecord[][]): Promise<string[][]> {
  const analysis = await analyze(captures.map(sourceOf), DEFAULT_SETTINGS);
  return analysis.captures.map((capture) =>
    capture.warnings.filter(({ kind }) => kind === 'same-packets').map(({ message }) => message),
  );
}

describe('two sensors', () => {
  it('that saw the same packets, a router and half a second apart, count them once, and are told', async () => {
    const near = packets(5000, (number) => packet(number, number));
    const far = packets(5000, (number) => packet(number, number + 0.5, 63));
    expect(await warnings(near, far)).toEqual([[], [expect.stringMatching(/^5,000 packets are in sensor 0, too: /)]]);
    const analysis = await analyze([near, far].map(sourceOf), DEFAULT_SETTINGS);
    expect([...analysis.flows.packetsSent].reduce((sum, count) => sum + count, 0)).toBe(5000);
  });

  it("are told when one saw an hour of the other's day, and half of its packets", async () => {
    const day = packets(20_000, (number) => packet(number, number * 4));
    const hour = packets(900, (number) =>
      packet(number % 2 === 0 ? 9000 + number : 30_000 + number, (9000 + number) * 4 + 0.2),
    );
    expect(await warnings(day, hour)).toEqual([[], [expect.stringMatching(/^450 packets are in sensor 0, too: /)]]);
  });

  it('of which each saw one direction are one capture', async () => {
    const all = packets(400, (number) => packet(number, number));
    const parted = [0, 1].map((part) => all.filter((_, number) => number % 2 === part));
    const one = await analyze([sourceOf(all, 0)], DEFAULT_SETTINGS);
    const two = await analyze(parted.map(sourceOf), DEFAULT_SETTINGS);
    expect(two.flows).toEqual(one.flows);
    expect(two.captures.map(({ packets: count }) => count)).toEqual([200, 200]);
  });

  it('that repeat a packet twice each repeat it twice together', async () => {
    const twice = packets(20, (number) => packet(number >> 1, (number >> 1) + (number & 1) / 10));
    const { flows } = await analyze([twice, twice].map(sourceOf), DEFAULT_SETTINGS);
    expect([...flows.packetsSent]).toEqual([20]);
  });

  it.each([
    ['that saw different packets at the same time', (number: number) => packet(number + 20_000, number + 0.5)],
    ['that saw equal packets at different times', (number: number) => packet(number, number + 30)],
    ['of which the second goes on where the first ends', (number: number) => packet(number, number + 5000)],
  ])('%s are not', async (_, other) => {
    expect(
      await warnings(
        packets(5000, (number) => packet(number, number)),
        packets(5000, other),
      ),
    ).toEqual([[], []]);
  });

  it('of segments whose lengths differ as their sequence numbers do are not', async () => {
    const segments = (bytes: number, sequence: number, time: number): PacketRecord[] =>
      packets(50, (number) => {
        const payload = tcp({ sourcePort: 5000, destinationPort: 443, sequence, payload: new Uint8Array(bytes) });
        const data = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 6, payload });
        return packetAt(START + number + time, ethernet({ etherType: ETHERTYPE_IPV4, payload: data }));
      });
    expect(await warnings(segments(80, 100, 0), segments(81, 101, 0.5))).toEqual([[], []]);
    expect((await warnings(segments(80, 100, 0), segments(80, 100, 0.5)))[1]).toHaveLength(1);
  });
});

describe('many rotated captures', () => {
  it('are one analysis in the order of their packets, with two open at a time at most', async () => {
    let open = 0;
    let mostOpen = 0;
    const sources = Array.from({ length: 500 }, (_, index): ByteSource => {
      const source = bufferSource(
        pcap({ packets: [packet(index, index * 60), packet(index + 1000, index * 60 + 30)] }),
      );
      return {
        name: `trace ${index}`,
        size: source.size,
        open() {
          const reader = source.open();
          mostOpen = Math.max(mostOpen, ++open);
          return {
            read: (space) => reader.read(space),
            close: async () => {
              open--;
            },
          };
        },
      };
    });
    const seen = new Set<number>();
    const shuffled = sources.map((source, index) => sources[(index * 211) % 500] ?? source);
    const { captures, flows } = await analyze(shuffled, DEFAULT_SETTINGS, ({ fileNumber }) => seen.add(fileNumber));
    expect(captures.map(({ file }) => file)).toEqual(sources.map(({ name }) => name));
    expect(captures.flatMap((capture) => capture.warnings)).toEqual([]);
    // 500 minutes without a pause are cut every half hour.
    expect(flows.length).toBe(17);
    expect([seen.size, open, mostOpen]).toEqual([500, 0, 1]);
  });
});

describe('very many captures', () => {
  /** Captures that all last a minute, of one direction each. */
  const sides = (count: number): PacketRecord[][] =>
    Array.from({ length: count }, (_, side) =>
      [0, 30, 60].map((time) => {
        const [source, destination] = side % 2 === 0 ? ['10.0.0.1', '10.0.0.2'] : ['10.0.0.2', '10.0.0.1'];
        const [sourcePort, destinationPort] = side % 2 === 0 ? [5000 + side, 7000] : [7000, 4999 + side];
        const payload = udp({ sourcePort, destinationPort, payload: Uint8Array.of(time) });
        const data = ipv4({ source, destination, protocol: 17, payload });
        return packetAt(START + time + side / 1000, ethernet({ etherType: ETHERTYPE_IPV4, payload: data }));
      }),
    );

  it('that overlap are one analysis, and where they are too many, that is said', async () => {
    const read = async (count: number) => {
      const all = sides(count);
      // The first half of the captures has one direction, the other half the other.
      const parted = [0, 1].flatMap((side) => all.filter((_, index) => index % 2 === side));
      const { flows, captures } = await analyze(parted.map(sourceOf), DEFAULT_SETTINGS);
      const late = captures.filter(({ warnings: [first] }) => first?.kind === 'opened-late');
      return { answered: flows.packetsReceived.filter((received) => received === 3).length, late: late.length };
    };
    expect(await read(300)).toEqual({ answered: 150, late: 0 });
    expect(await read(520)).toMatchObject({ late: 8 });
  });

  it('that begin together share what is read at a time, the first ones, too', async () => {
    const largest = new Map<string, number>();
    const sources = sides(100).map((records, index): ByteSource => {
      const source = sourceOf(records, index);
      const { name, size } = source;
      return {
        name,
        size,
        open() {
          const reader = source.open();
          return {
            read(space) {
              largest.set(name, Math.max(space.length, largest.get(name) ?? 0));
              return reader.read(space);
            },
            close: () => reader.close(),
          };
        },
      };
    });
    await analyze(sources, DEFAULT_SETTINGS);
    expect(largest.size).toBe(100);
    expect([...largest.values()].reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(1 << 23);
  });

  it('of which one shares packets with all name twenty of the others, and count the rest', async () => {
    const own = Array.from({ length: 25 }, (_, index) => packets(40, (number) => packet(100 * index + number, number)));
    const all = own.flatMap((records) => records.map((record) => ({ ...record, nanoseconds: 1e8 })));
    const [said] = (await warnings(...own, all.sort(byTime))).slice(-1);
    expect(said).toHaveLength(21);
    expect(said[0]).toMatch(/^40 packets are in sensor 0, too: /);
    expect(said[20]).toMatch(/^200 packets are in 5 more of the captures, too: /);
  });
});
