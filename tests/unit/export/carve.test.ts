import { bufferSource, type ByteSource, Packet, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { carve, type ConnectionEnds, TakenFragments } from '../../../src/export/carve.ts';
import { tcpConversation } from '../../builders/conversation.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../builders/ethernet.ts';
import { ip } from '../../builders/ip.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { LINK_ETHERNET, LINK_RAW } from '../../builders/link-types.ts';
import { byTime, packetAt, type PacketRecord, pcap } from '../../builders/pcap.ts';
import { PROTOCOL_UDP, udp } from '../../builders/udp.ts';

const START = 1_700_000_000;
const CLIENT = '10.0.0.1';
const SERVER = '203.0.113.9';

function beat(start: number, port: number, client = CLIENT, server = SERVER): PacketRecord[] {
  const messages = [
    { from: 'client', bytes: new Uint8Array(3000) },
    { from: 'server', bytes: new Uint8Array(500) },
  ] as const;
  return tcpConversation({
    client: { address: client, port },
    server: { address: server, port: 443 },
    start,
    messages,
  });
}

function datagram(
  time: number,
  [source, sourcePort]: [string, number],
  [destination, destinationPort]: [string, number],
): Uint8Array {
  const addresses = { source, destination };
  return ip({
    ...addresses,
    protocol: PROTOCOL_UDP,
    payload: udp({ sourcePort, destinationPort, payload: new Uint8Array(time % 7) }),
  });
}

interface Seen {
  linkType: number;
  seconds: number;
  nanoseconds: number;
  captured: number[];
  wireLength: number;
}

async function packetsOf(source: ByteSource): Promise<Seen[]> {
  const seen: Seen[] = [];
  await readPackets(source, ({ linkType, seconds, nanoseconds, bytes, start, capturedLength, wireLength }) => {
    seen.push({
      linkType,
      seconds,
      nanoseconds,
      captured: [...bytes.subarray(start, start + capturedLength)],
      wireLength,
    });
  });
  return seen;
}

async function carved(sources: ByteSource[], ...connections: ConnectionEnds[]) {
  const pieces: Uint8Array[] = [];
  const { packets, bytes } = await carve(sources, connections, DEFAULT_SETTINGS, (piece) => pieces.push(piece));
  const file = Buffer.concat(pieces);
  expect(file.length).toBe(bytes);
  return { packets, file: bufferSource(new Uint8Array(file), 'carved'), pieces };
}

const ENDS = { source: CLIENT, destination: SERVER, port: 443 };

describe('carve', () => {
  const mine = [...beat(START, 40_000), ...beat(START + 60, 40_001)];
  const others = [...beat(START + 10, 40_000, '10.0.0.2'), ...beat(START + 20, 40_000, CLIENT, '203.0.113.10')];
  const mixed = [...mine, ...others].toSorted(byTime);
  const source = bufferSource(pcap({ packets: mixed, nanoseconds: true }), 'mixed');

  it('takes exactly the packets of a connection, both ways, with bytes and times', async () => {
    const { packets, file } = await carved([source], ENDS);
    expect(packets).toBe(mine.length);
    expect(await packetsOf(file)).toEqual(await packetsOf(bufferSource(pcap({ packets: mine, nanoseconds: true }))));
  });

  it('opens again, with the same flows', async () => {
    const { file } = await carved([source], ENDS);
    const { captures, flows } = await analyze([file], DEFAULT_SETTINGS);
    expect(captures).toMatchObject([{ format: 'pcapng', warnings: [] }]);
    expect([...flows.sourcePort]).toEqual([40_000, 40_001]);
  });

  it('takes several connections, and all ports of a destination', async () => {
    const all = await carved(
      [source],
      { ...ENDS, port: null },
      { source: CLIENT, destination: '203.0.113.10', port: 443 },
    );
    expect(all.packets).toBe(mixed.length - beat(0, 1).length);
  });

  it("leaves a flow that the server began to the server's connection", async () => {
    const answer = packetAt(
      START,
      ethernet({ etherType: ETHERTYPE_IPV4, payload: datagram(1, [SERVER, 443], [CLIENT, 40_000]) }),
    );
    const question = packetAt(
      START + 1,
      ethernet({ etherType: ETHERTYPE_IPV4, payload: datagram(2, [CLIENT, 40_000], [SERVER, 443]) }),
    );
    const later = packetAt(
      START + 500,
      ethernet({ etherType: ETHERTYPE_IPV4, payload: datagram(3, [CLIENT, 40_000], [SERVER, 443]) }),
    );
    const sources = [bufferSource(pcap({ packets: [answer, question, later] }))];
    expect((await carved(sources, ENDS)).packets).toBe(1);
    expect((await carved(sources, { source: SERVER, destination: CLIENT, port: 40_000 })).packets).toBe(2);
  });

  it('takes what a capture that begins in the middle has of a connection, though the server speaks first', async () => {
    const middle = mine.slice(5);
    const { packets } = await carved([bufferSource(pcap({ packets: middle }))], ENDS);
    expect(packets).toBe(middle.length);
  });

  it('takes packets with all of their fragments', async () => {
    const fragment = (identification: number, fragmentOffset: number, payload: Uint8Array): PacketRecord =>
      packetAt(
        START + fragmentOffset,
        ipv4({
          source: CLIENT,
          destination: SERVER,
          protocol: PROTOCOL_UDP,
          identification,
          fragmentOffset,
          moreFragments: fragmentOffset === 0,
          payload,
        }),
      );
    const head = udp({ sourcePort: 40_000, destinationPort: 443, payload: new Uint8Array(8), length: 32 });
    const packets = [fragment(1, 0, head), fragment(1, 16, new Uint8Array(16)), fragment(2, 16, new Uint8Array(16))];
    const { file } = await carved([bufferSource(pcap({ linkType: LINK_RAW, packets }))], ENDS);
    expect((await packetsOf(file)).map(({ seconds }) => seconds)).toEqual([START, START + 16]);
  });

  it('keeps link types, cut packets and IPv6, over several captures in their order', async () => {
    const frames = [0, 1, 2].map((time) =>
      packetAt(START + time, datagram(time, ['fe80::1', 5000], ['fe80::2', 7000])),
    );
    const raw = bufferSource(pcap({ linkType: LINK_RAW, packets: frames.slice(1) }), 'raw');
    const [first] = frames;
    const framed = ethernet({ etherType: 0x86dd, payload: first.data });
    const wire = { ...packetAt(START, framed.subarray(0, 58)), wireLength: 900 };
    const { packets, file } = await carved([raw, bufferSource(pcap({ packets: [wire] }), 'first')], {
      source: 'FE80:0::1',
      destination: 'fe80::2',
      port: 7000,
    });
    expect(packets).toBe(3);
    const seen = await packetsOf(file);
    expect(seen.map(({ linkType }) => linkType)).toEqual([LINK_ETHERNET, LINK_RAW, LINK_RAW]);
    expect(seen[0]).toMatchObject({ wireLength: 900, captured: [...framed.subarray(0, 58)] });
  });

  it('hands on pieces, and an empty capture where there is nothing', async () => {
    const many = bufferSource(
      pcap({ packets: Array.from({ length: 500 }, (_, index) => beat(START + index, 40_000 + index)).flat() }),
    );
    expect((await carved([many], ENDS)).pieces.length).toBeGreaterThan(1);
    const nothing = await carved([many, bufferSource(new TextEncoder().encode('notes'), 'notes')], {
      ...ENDS,
      port: 1,
    });
    expect(nothing.packets).toBe(0);
    expect(await packetsOf(nothing.file)).toEqual([]);
  });

  it('refuses ends that are no addresses', async () => {
    await expect(carve([], [{ ...ENDS, source: 'host' }], DEFAULT_SETTINGS, () => {})).rejects.toThrow(RangeError);
  });
});

describe('fragments of packets that were taken', () => {
  const FLOOD = 150_000;
  const fragmentOf = (number: number, isLater: boolean): Packet =>
    Object.assign(new Packet(), {
      bytes: new Uint8Array(8),
      destination: 4,
      ...(isLater ? { laterFragment: 4 } : { ipVersion: 4 }),
      fragment: number + 1,
    });

  it('are known of the last ones at least, and of so many at most', () => {
    const fragments = new TakenFragments();
    for (let number = 0; number < FLOOD; number++) fragments.took(fragmentOf(number, false));
    const known = Array.from({ length: FLOOD }, (_, number) => fragments.isRest(fragmentOf(number, true)));
    expect(known.slice(0, FLOOD - 131_072)).not.toContain(true);
    expect(known.slice(FLOOD - 65_536)).not.toContain(false);
  });
});
