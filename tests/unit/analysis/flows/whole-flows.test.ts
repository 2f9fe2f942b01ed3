import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { groupFlows } from '../../../../src/analysis/flows/group.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { SessionIndex } from '../../../../src/analysis/sessions/session-index.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { hasSign } from '../../../../src/analysis/protocols/signs.ts';
import { type Message, tcpConversation } from '../../../builders/conversation.ts';
import { concat, filler, latin1 } from '../../../builders/payloads/bytes.ts';
import { httpRequest, httpResponse } from '../../../builders/payloads/http.ts';
import { tlsClientHello } from '../../../builders/payloads/tls.ts';
import { type PacketRecord, pcap } from '../../../builders/pcap.ts';

const CLIENT = { address: '10.0.0.5', port: 50_000 };
const SERVER = { address: '203.0.113.9', port: 443 };
const PACKETS = tcpConversation({
  client: CLIENT,
  server: SERVER,
  start: 1_700_000_000,
  messages: [
    { from: 'client', bytes: tlsClientHello('host.example') },
    { from: 'server', bytes: new Uint8Array(3000) },
  ],
});

/** A frame with an 802.1Q tag behind its MAC addresses. */
function tagged(packet: PacketRecord, vlan: number): PacketRecord {
  return { ...packet, data: Uint8Array.of(...packet.data.slice(0, 12), 0x81, 0, 0, vlan, ...packet.data.slice(12)) };
}

/** The packets with those of each end in a VLAN of its own, 0 for none. */
function inVlans(ofClient: number, ofServer: number, packets = PACKETS): PacketRecord[] {
  return packets.map((packet) => {
    const vlan = packet.data[26] === 10 ? ofClient : ofServer;
    return vlan === 0 ? packet : tagged(packet, vlan);
  });
}

async function analysed(packets: PacketRecord[], nfstream = false) {
  return analyze([bufferSource(pcap({ packets }))], { ...DEFAULT_SETTINGS, nfstream });
}

describe('halves of a conversation', () => {
  it.each([
    [0, 100],
    [100, 0],
    [7, 8],
  ])('in VLANs %i and %i are one flow, and two in what is exported', async (ofClient, ofServer) => {
    const { flows, nfstreamFlows, captures } = await analysed(inVlans(ofClient, ofServer));
    const { flows: plain } = await analysed(PACKETS);
    expect(flows.length).toBe(1);
    for (const column of [
      'packetsSent',
      'packetsReceived',
      'payloadSent',
      'payloadReceived',
      'failed',
      'observed',
    ] as const) {
      expect([column, flows[column][0]]).toEqual([column, plain[column][0]]);
    }
    expect([flows.addresses.text(flows.source[0]), flows.names[flows.name[0]]]).toEqual(['10.0.0.5', 'host.example']);
    expect(nfstreamFlows.length).toBe(2);
    expect(captures[0].warnings).toMatchObject([
      { kind: 'halves', message: expect.stringMatching(/^1 flow was joined/) },
    ]);
  });

  it('have no session beside that of their conversation', async () => {
    const packets = [0, 1, 2].flatMap((place) =>
      tcpConversation({
        client: { ...CLIENT, port: CLIENT.port + place },
        server: SERVER,
        start: 1_700_000_000 + 60 * place,
        messages: [{ from: 'client', bytes: tlsClientHello('host.example') }],
      }),
    );
    const { parts } = await analysed(inVlans(0, 100, packets));
    const sessions = new SessionIndex(parts.sessions, parts.flows);
    sessions.regroup(groupFlows(parts.flows, DEFAULT_SETTINGS.grouping));
    expect([parts.flows.length, sessions.sessionsOf(0).length]).toEqual([3, 3]);
  });

  it('stay apart for who wants flows exactly as NFStream makes them', async () => {
    const { flows, captures } = await analysed(inVlans(0, 100), true);
    expect([flows.length, captures[0].warnings]).toEqual([2, []]);
  });

  it('are none where both directions are in both VLANs: the same ends may be others there', async () => {
    const later = ({ seconds, ...packet }: PacketRecord): PacketRecord => ({ ...packet, seconds: seconds + 2 });
    const { flows } = await analysed([...inVlans(1, 1), ...inVlans(2, 2, PACKETS.map(later))]);
    expect(flows.length).toBe(2);
  });

  it('are cut where both are silent, not where one is', async () => {
    // The client says something every 150 s, the server in between: a whole flow goes on, a half of it does not.
    const messages = Array.from({ length: 8 }, (_, number): Message => ({
      from: number % 2 === 0 ? 'client' : 'server',
      bytes: Uint8Array.of(0x80 + number),
      delay: 75,
    }));
    const packets = tcpConversation({ client: CLIENT, server: SERVER, start: 1_700_000_000, messages, close: 'open' });
    // Without acknowledgments, which are words of the other half, too: behind the headers lies what is said.
    const data = packets.filter((packet, place) => place < 3 || packet.data[54] >= 0x80);
    const { flows, nfstreamFlows } = await analysed(inVlans(0, 100, data));
    const { flows: plain } = await analysed(data);
    expect([flows.length, flows.packetsSent[0], flows.packetsReceived[0], flows.durationMs[0]]).toEqual([
      1,
      plain.packetsSent[0],
      plain.packetsReceived[0],
      plain.durationMs[0],
    ]);
    expect(nfstreamFlows.length).toBeGreaterThan(2);
  });

  it('show what a whole flow does, also in a later answer of the same connection', async () => {
    const get = httpRequest({ method: 'GET', path: '/', host: 'files.example', userAgent: 'a' });
    const program = concat(latin1('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nMZ'), [0x90, 0], filler(95));
    const messages: Message[] = [
      { from: 'client', bytes: get },
      { from: 'server', bytes: httpResponse({ status: 200, bodyLength: 14_000 }) },
      { from: 'client', bytes: get },
      { from: 'server', bytes: program },
    ];
    const packets = tcpConversation({
      client: CLIENT,
      server: { ...SERVER, port: 80 },
      start: 1_700_000_000,
      messages,
    });
    const ofServer = packets.filter(({ data }) => data[26] !== 10);
    for (const capture of [packets, inVlans(0, 100, packets), ofServer]) {
      const { flows } = await analysed(capture);
      expect([flows.length, hasSign(flows.signs[0], 'program')]).toEqual([1, true]);
    }
  });
});
