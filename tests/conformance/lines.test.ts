import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bufferSource } from 'pcap-ts-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { carve } from '../../src/export/carve.ts';
import { namedConnections, pastedConnection } from '../../src/export/paste/connection.ts';
import { pasteLines } from '../../src/export/paste/lines.ts';
import { type Framing, tcpConversation } from '../builders/conversation.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../builders/ethernet.ts';
import { icmp, icmpEcho, PROTOCOL_ICMP } from '../builders/icmp.ts';
import { etherTypeOf } from '../builders/ip.ts';
import { ipv4 } from '../builders/ipv4.ts';
import { byTime, packetAt, pcap, type PacketRecord } from '../builders/pcap.ts';
import { ACK, PROTOCOL_TCP, tcp } from '../builders/tcp.ts';
import { PROTOCOL_UDP, udp } from '../builders/udp.ts';
import { hasProgram } from '../debian.ts';
import { framesShown, packetsTaken } from './packet-tools.ts';

const CLIENT = '10.0.0.5';
const SERVER = '203.0.113.9';
const START = 1_772_438_400;
const hasTshark = hasProgram('tshark');
const hasTcpdump = hasProgram('tcpdump');

const inVlans =
  (client: number | null, server: number | null): Framing =>
  (packet, { address }) => {
    const id = address === CLIENT || address === '2001:db8::5' ? client : server;
    return ethernet({ etherType: etherTypeOf(packet), payload: packet, tags: id === null ? [] : [{ id }] });
  };

function calls(client: string, server: string, port: number, framing: Framing, from = 0): PacketRecord[] {
  return [0, 1, 2].flatMap((call) =>
    tcpConversation({
      client: { address: client, port: 40_000 + port + call },
      server: { address: server, port },
      start: START + from + call * 60,
      framing,
      messages: [
        { from: 'client', bytes: new Uint8Array(100).fill(7) },
        { from: 'server', bytes: new Uint8Array(300).fill(9) },
      ],
    }),
  );
}

function ip(at: number, source: string, destination: string, protocol: number, payload: Uint8Array, rest = {}) {
  const packet = ipv4({ source, destination, protocol, payload, ...rest });
  return packetAt(START + at, ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }));
}

/** A datagram in two fragments, and the answer in one piece. */
function fragments(at: number): PacketRecord[] {
  const sent = udp({ sourcePort: 5353, destinationPort: 7000, payload: new Uint8Array(1600).fill(1) });
  const answer = udp({ sourcePort: 7000, destinationPort: 5353, payload: new Uint8Array(10) });
  const piece = { identification: 77 };
  return [
    ip(at, CLIENT, SERVER, PROTOCOL_UDP, sent.subarray(0, 800), { ...piece, moreFragments: true }),
    ip(at + 0.001, CLIENT, SERVER, PROTOCOL_UDP, sent.subarray(800), { ...piece, fragmentOffset: 800 }),
    ip(at + 0.1, SERVER, CLIENT, PROTOCOL_UDP, answer),
  ];
}

/** A router's error about a packet of the UDP connection: none of its packets. */
function routersError(at: number): PacketRecord {
  const quoted = ipv4({
    source: CLIENT,
    destination: SERVER,
    protocol: PROTOCOL_UDP,
    payload: udp({ sourcePort: 5353, destinationPort: 7000, payload: new Uint8Array(10) }),
  });
  return ip(at, '192.0.2.1', CLIENT, PROTOCOL_ICMP, icmp({ type: 11, payload: quoted }));
}

const untagged = inVlans(null, null);
const KINDS: [kind: string, packets: PacketRecord[]][] = [
  ['TCP', calls(CLIENT, SERVER, 443, untagged)],
  [
    'TCP to another port, the other way, and to another host',
    [
      ...calls(CLIENT, SERVER, 445, untagged),
      ...calls(SERVER, CLIENT, 445, untagged, 1),
      ...calls(CLIENT, SERVER, 446, untagged, 2),
      ...calls(CLIENT, '203.0.113.10', 445, untagged, 3),
    ],
  ],
  ['IPv6', calls('2001:db8::5', '2001:db8::9', 443, untagged)],
  ['VLAN', calls(CLIENT, SERVER, 443, inVlans(7, 7))],
  ['VLAN on the way back alone', calls(CLIENT, SERVER, 443, inVlans(null, 100))],
  ['IPv6 in VLANs', calls('2001:db8::5', '2001:db8::9', 443, inVlans(7, 8))],
  ['UDP with fragments, and an error of a router', [...fragments(0), routersError(30), ...fragments(60)]],
  [
    'ICMP',
    [1, 2, 3].flatMap((sequence) => [
      ip(sequence, CLIENT, SERVER, PROTOCOL_ICMP, icmpEcho(8, 5, sequence)),
      ip(sequence + 0.1, SERVER, CLIENT, PROTOCOL_ICMP, icmpEcho(0, 5, sequence)),
    ]),
  ],
  [
    'segmentation offload',
    [
      ...calls(CLIENT, SERVER, 443, untagged),
      ip(500, CLIENT, SERVER, PROTOCOL_TCP, tcp({ sourcePort: 40_443, destinationPort: 443, flags: ACK }), {
        totalLength: 0,
      }),
    ],
  ],
];

describe('lines to paste, in the tools they are for', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(KINDS)('%s: each takes exactly the packets of the connection', async (_, packets) => {
    const bytes = pcap({ packets: packets.sort(byTime) });
    const file = path.join(folder, 'kind.pcap');
    writeFileSync(file, bytes);
    const settings = { ...DEFAULT_SETTINGS, minFlows: 0, notebookMinFlows: 0 };
    const analysis = await analyze([bufferSource(bytes)], settings);
    const report = analysis.report(settings);
    expect(report.connections.length).toBeGreaterThan(0);
    for (let row = 0; row < report.connections.length; row++) {
      const connection = namedConnections(report)(row);
      const detail = analysis.detail(report.connections.group[row]);
      const lines = pasteLines(pastedConnection(connection, detail));
      const textOf = (tool: string): string => lines.find((line) => line.tool === tool)?.text ?? '';
      const { packets: carved } = await carve([bufferSource(bytes)], [connection], settings, () => undefined);
      if (hasTshark) expect(framesShown(file, textOf('Wireshark'))).toHaveLength(carved);
      if (hasTcpdump) expect(packetsTaken(file, textOf('tcpdump'))).toBe(carved);
    }
  });
});
