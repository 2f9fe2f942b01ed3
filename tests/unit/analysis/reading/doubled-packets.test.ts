import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { byTime, type PacketRecord, packetAt, pcap } from '../../../builders/pcap.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../../builders/ethernet.ts';
import { ipv4 } from '../../../builders/ipv4.ts';
import { ACK, FIN, PSH, tcp } from '../../../builders/tcp.ts';
import { traffic } from '../../../builders/traffic.ts';

const START = 1_700_000_000;

/** The packets with an IPv4 identification each, as most systems number them. */
const ONCE: PacketRecord[] = traffic(5, 10);
for (const [number, { data }] of ONCE.entries()) {
  if (data[12] === 8) data.set([(number + 1) >> 8, (number + 1) & 255], 18);
}

function tagged(packet: PacketRecord, vlan: number): PacketRecord {
  return { ...packet, data: Uint8Array.of(...packet.data.slice(0, 12), 0x81, 0, 0, vlan, ...packet.data.slice(12)) };
}

/** A packet as a router hands it on: with other MAC addresses, and a hop less. */
function handedOn(packet: PacketRecord): PacketRecord {
  const data = packet.data.slice();
  data.set([2, 9, 9, 9, 9, 9, 2, 8, 8, 8, 8, 8]);
  data[data[12] === 8 ? 22 : 21]--;
  return { ...packet, data };
}

function later(packet: PacketRecord, microseconds: number): PacketRecord {
  const { data, wireLength } = packet;
  const moved = packetAt(packet.seconds + packet.nanoseconds / 1e9 + microseconds / 1e6, data);
  return wireLength === undefined ? moved : { ...moved, wireLength };
}

/** All of it twice, the second time as `change` makes it. */
function twice(change: (packet: PacketRecord) => PacketRecord, microseconds: number): PacketRecord[] {
  return ONCE.flatMap((packet) => [packet, later(change(packet), microseconds)]).sort(byTime);
}

async function analysed(packets: PacketRecord[], nfstream = false) {
  return analyze([bufferSource(pcap({ packets }), 'a.pcap')], { ...DEFAULT_SETTINGS, nfstream });
}

/** What is counted of flows, by their ends. */
async function counted(packets: PacketRecord[]) {
  const { flows, parts } = await analysed(packets);
  const rows = Array.from({ length: flows.length }, (_, flow) =>
    [
      flows.addresses.text(flows.source[flow]),
      flows.sourcePort[flow],
      flows.addresses.text(flows.destination[flow]),
      flows.destinationPort[flow],
      flows.packetsSent[flow],
      flows.packetsReceived[flow],
      flows.ipBytesSent[flow],
      flows.payloadReceived[flow],
      flows.names[flows.name[flow]],
    ].join(' '),
  );
  return { rows: rows.sort(), sessions: parts.sessions.length, packets: parts.read.flowPackets };
}

describe('packets that a capture holds twice', () => {
  it.each<[string, (packet: PacketRecord) => PacketRecord, number]>([
    ['from both sides of one port', (packet) => packet, 4],
    ['from both sides of a router', handedOn, 300],
    ['in two VLANs', (packet) => tagged(packet, 20), 15],
    ['in two VLANs and from both sides of a router', (packet) => tagged(handedOn(packet), 20), 900],
  ])('%s count once', async (_, change, microseconds) => {
    const packets = twice(change, microseconds);
    expect(await counted(packets)).toEqual(await counted(ONCE));
    const { captures, nfstreamFlows } = await analysed(packets);
    expect(captures[0].warnings).toMatchObject([{ kind: 'doubled-packets' }]);
    expect(captures[0].warnings[0].message).toMatch(new RegExp(`^${ONCE.length} packets are in it twice`));
    const exact = await analysed(packets, true);
    for (const column of ['packetsSent', 'bytesSent', 'vlanId', 'sinceMs'] as const)
      expect([...nfstreamFlows[column]]).toEqual([...exact.flows[column]]);
    expect(exact.captures[0].warnings).toEqual([]);
  });

  const segment = (time: number, identification: number, fill = 7): PacketRecord => {
    const payload = tcp({
      sourcePort: 5000,
      destinationPort: 443,
      sequence: 100,
      flags: PSH | ACK,
      payload: new Uint8Array(80).fill(fill),
    });
    const packet = ipv4({ source: '10.0.0.1', destination: '203.0.113.7', protocol: 6, payload, identification });
    return packetAt(START + time, ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }));
  };

  /** Time stamps (RFC 7323) are what its header ends with, and nothing numbers it. */
  const stamped = (time: number, flags: number): PacketRecord => {
    const options = Uint8Array.of(1, 1, 8, 10, 0, 0, 0, 5, 0, 0, 0, 6);
    const payload = tcp({ sourcePort: 5000, destinationPort: 443, sequence: 100, flags, options });
    const packet = ipv4({ source: '10.0.0.1', destination: '203.0.113.7', protocol: 6, payload });
    return packetAt(START + time, ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }));
  };

  it.each<[string, PacketRecord[]]>([
    ['is sent once more, with another identification', [segment(0, 1), segment(0.005, 2)]],
    ['is sent once more after a while', [segment(0, 0), segment(0.2, 0)]],
    ['comes late, and is numbered all the same', [segment(0, 1), segment(0.03, 1)]],
    ['says something else', [segment(0, 0), segment(0.0001, 0, 8)]],
    ['ends a connection behind an acknowledgment', [stamped(0, ACK), stamped(0.0001, FIN | ACK)]],
  ])('are none where what %s', async (_, packets) => {
    const { flows, captures } = await analysed(packets);
    expect([...flows.packetsSent]).toEqual([2]);
    expect(captures[0].warnings).toEqual([]);
  });
});
