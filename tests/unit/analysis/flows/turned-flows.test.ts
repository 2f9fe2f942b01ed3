import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { couldShow } from '../../../../src/analysis/flows/observed.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { rowFactsOf } from '../../../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { type Message, tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { dnsQuery, dnsResponse } from '../../../builders/payloads/dns.ts';
import { httpRequest, httpResponse } from '../../../builders/payloads/http.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { dhcpRequest } from '../../../builders/payloads/dhcp.ts';
import { ntpClient, ntpServer } from '../../../builders/payloads/ntp.ts';
import { tlsApplicationData, tlsClientHello, tlsServerHello } from '../../../builders/payloads/tls.ts';
import { byTime, type PacketRecord, pcap } from '../../../builders/pcap.ts';

const CLIENT = '10.1.1.5';
const SERVER = '203.0.113.9';
const START = 1_700_000_000;
const client = (bytes: Uint8Array): Message => ({ from: 'client', bytes });
const server = (bytes: Uint8Array): Message => ({ from: 'server', bytes });
const TLS = [
  client(tlsClientHello('www.example.org')),
  server(tlsServerHello()),
  client(tlsApplicationData(200)),
  server(tlsApplicationData(4000)),
];

function talk(messages: readonly Message[], port = 443, clientPort = 50_000, start = START): PacketRecord[] {
  return tcpConversation({
    client: { address: CLIENT, port: clientPort },
    server: { address: SERVER, port },
    start,
    messages,
  });
}

/** The source address lies 12 bytes into the IPv4 header, behind 14 of Ethernet. */
const isServers = ({ data }: PacketRecord): boolean => data.subarray(26, 30).join('.') === SERVER;

async function analysed(packets: readonly PacketRecord[], nfstream = false): Promise<Analysis> {
  return analyze([bufferSource(pcap({ packets }), 'capture')], { ...DEFAULT_SETTINGS, nfstream });
}

/** "client:port > server:port, bytes of payload each way" of each flow. */
function flowsOf({ flows }: Pick<Analysis, 'flows'>): string[] {
  const { addresses, source, destination, sourcePort, destinationPort, payloadSent, payloadReceived } = flows;
  return Array.from(source, (_, flow) => {
    const ends = `${addresses.text(source[flow])}:${sourcePort[flow]} > ${addresses.text(destination[flow])}:${destinationPort[flow]}`;
    return `${ends}, ${payloadSent[flow]} and ${payloadReceived[flow]}`;
  });
}

/** Lines of the row with a server, whatever their points. */
function idsOf(analysis: Analysis): string[] {
  const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
  return Array.from({ length: report.connections.length }, (_, row) => rowFactsOf(report).lines(row)).flatMap((lines) =>
    lines.map(({ id }) => id),
  );
}

describe('flows whose first packet came from the server', () => {
  it('are from who began them: a SYN that is answered was sent, whatever the ports', async () => {
    const packets = talk(TLS, 50_050, 49_152).slice(1);
    expect(isServers(packets[0])).toBe(true);
    const analysis = await analysed(packets);
    const [whole] = flowsOf(await analysed(talk(TLS, 50_050, 49_152)));
    expect(flowsOf(analysis)).toEqual([whole]);
    expect(idsOf(analysis)).not.toContain('inbound');
    expect(flowsOf({ flows: analysis.nfstreamFlows })[0]).toMatch(/^203\.0\.113\.9:50050 > 10\.1\.1\.5:49152/);
    expect(flowsOf(await analysed(packets, true))).toEqual(flowsOf({ flows: analysis.nfstreamFlows }));
  });

  it.each([
    [443, 50_000, true],
    [443, 1100, true],
    [8080, 40_000, true],
    [50_050, 40_000, false],
    [4444, 5000, false],
  ])('are told by the ports %i and %i of a connection that goes on from before', async (port, clientPort, isTold) => {
    const packets = talk(TLS, port, clientPort);
    const from = packets.findLastIndex((packet) => isServers(packet) && packet.data.length > 100);
    const [flow] = flowsOf(await analysed(packets.slice(from)));
    expect(flow.startsWith(isTold ? CLIENT : SERVER)).toBe(true);
  });

  it('are answers of DNS whose questions were not captured, and name no client', async () => {
    const answers = udpExchange({
      client: { address: CLIENT, port: 50_001 },
      server: { address: '8.8.8.8', port: 53 },
      start: START,
      messages: [client(dnsQuery(7, 'a.example.org')), server(dnsResponse(7, 'a.example.org', [SERVER]))],
    }).slice(1);
    expect(flowsOf(await analysed(answers))[0]).toMatch(/^10\.1\.1\.5:50001 > 8\.8\.8\.8:53, 0 and /);
    expect(idsOf(await analysed(answers))).toEqual(['naming']);
  });

  const CUT = 'turned by what it says';
  it.each<[string, number, number, readonly number[] | Uint8Array, typeof CUT | 'as it is']>([
    ['the time', 123, 123, ntpServer(), CUT],
    ['a request for the time', 123, 123, ntpClient(), 'as it is'],
    ['a response of SNMP', 161, 50_000, [0x30, 14, 2, 1, 1, 4, 3, 0x70, 0x75, 0x62, 0xa2, 4, 2, 2, 0, 1], CUT],
    ['a request of SNMP', 161, 50_000, [0x30, 14, 2, 1, 1, 4, 3, 0x70, 0x75, 0x62, 0xa0, 4, 2, 2, 0, 1], 'as it is'],
    ['a success of STUN', 19_302, 40_000, concat([1, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42], new Uint8Array(12)), CUT],
    ['a request of STUN', 19_302, 40_000, concat([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42], new Uint8Array(12)), 'as it is'],
    ['a lease', 67, 68, concat([2], dhcpRequest([2, 0, 0, 0, 0, 1], 'pc').subarray(1)), CUT],
    ['a request for a lease', 68, 67, dhcpRequest([2, 0, 0, 0, 0, 1], 'pc'), 'as it is'],
    ['a short header of QUIC', 443, 50_000, concat([0x4c], new Uint8Array(40)), CUT],
    ['noise from the port of QUIC', 443, 50_000, concat([0x0c], new Uint8Array(40)), 'as it is'],
    ['an error of Kerberos', 88, 50_000, concat([0x7e, 40], new Uint8Array(40)), CUT],
    ['a challenge of RADIUS', 1812, 40_000, concat([11, 1, 0, 20], new Uint8Array(16)), CUT],
    ['a name of NetBIOS', 137, 137, concat([0, 1, 0x85, 0], new Uint8Array(20)), CUT],
    ['a response of SIP', 5060, 5060, latin1('SIP/2.0 200 OK\r\n\r\n'), CUT],
    ['datagrams of nobody', 4507, 50_000, latin1('hello'), 'as it is'],
  ])('are %s whose question was not captured', async (_, port, clientPort, bytes, expected) => {
    const [packet] = udpExchange({
      client: { address: CLIENT, port: clientPort },
      server: { address: SERVER, port },
      start: START,
      messages: [server(Uint8Array.from(bytes))],
    });
    const analysis = await analysed([packet]);
    const isTurned = flowsOf(analysis)[0].startsWith(CLIENT);
    expect(isTurned).toBe(expected === CUT);
    expect(flowsOf({ flows: analysis.nfstreamFlows })[0].startsWith(SERVER)).toBe(true);
    if (isTurned) expect(couldShow(analysis.flows.observed[0], 'names')).toBe(false);
  });

  it('are no answers to a group: nobody there has asked', async () => {
    const [packet] = udpExchange({
      client: { address: '255.255.255.255', port: 68 },
      server: { address: '10.1.1.1', port: 67 },
      start: START,
      messages: [server(concat([2], dhcpRequest([2, 0, 0, 0, 0, 1], 'pc').subarray(1)))],
    });
    expect(flowsOf(await analysed([packet]))[0]).toMatch(/^10\.1\.1\.1:67 > 255/);
  });

  it('have nothing of what their client is known as', async () => {
    const lookUp = udpExchange({
      client: { address: SERVER, port: 50_001 },
      server: { address: '10.0.0.53', port: 53 },
      start: START - 1,
      messages: [
        client(dnsQuery(7, 'desktop-a1b2c3.example')),
        server(dnsResponse(7, 'desktop-a1b2c3.example', [CLIENT])),
      ],
    });
    const { flows } = await analysed([...lookUp, ...talk(TLS).slice(1)].sort(byTime));
    const flow = flows.destinationPort.indexOf(443);
    expect(flows.names[flows.resolvedName[flow]]).toBe('');
  });
});

describe('what one direction says', () => {
  const half = (messages: readonly Message[], port: number, ofServer: boolean): PacketRecord[] =>
    Array.from({ length: 6 }, (_, number) => talk(messages, port, 50_000 + number, START + 60 * number))
      .flat()
      .filter((packet) => isServers(packet) === ofServer);

  it('is of no unknown protocol: the answer may tell it', async () => {
    const odd = [
      client(latin1('\u0001\u0002binary, not a request')),
      server(httpResponse({ status: 200, bodyLength: 90 })),
    ];
    const both = Array.from({ length: 6 }, (_, number) => talk(odd, 80, 50_000 + number, START + 60 * number)).flat();
    for (const ofServer of [false, true]) {
      const ids = idsOf(await analysed(half(odd, 80, ofServer)));
      expect(ids).not.toContain('notown');
      expect(ids).not.toContain('oddport');
    }
    expect(idsOf(await analysed(both))).not.toContain('notown');
  });

  it('is an answer where a client resets what it asked for', async () => {
    const asked = half(TLS, 443, false).slice(0, 1);
    const reset = { ...asked[0], seconds: START + 1, data: asked[0].data.slice() };
    // The flags of TCP, behind 14 bytes of Ethernet and 20 of IPv4: RST alone.
    reset.data[14 + 20 + 13] = 4;
    expect((await analysed([...asked, reset])).flows.failed[0]).toBe(0);
    expect((await analysed(asked)).flows.failed[0]).toBe(1);
  });

  it('of two flows is that of the one which tells: what goes on from before does not', async () => {
    const web = [
      client(httpRequest({ method: 'GET', path: '/', host: 'www.example.org', userAgent: 'agent/1' })),
      server(httpResponse({ status: 200, bodyLength: 90 })),
      client(latin1('raw bytes that follow the upgrade, and more of them')),
      server(latin1('raw bytes that follow the upgrade, and more of them')),
    ];
    const before = talk(web, 8000);
    const cut = before.slice(before.findIndex(({ data }) => Buffer.from(data).includes('raw bytes')));
    const ids = idsOf(await analysed([...cut, ...talk(web, 8000, 50_001, START + 300)]));
    expect(ids).toContain('oddport');
    const report = (await analysed([...cut, ...talk(web, 8000, 50_001, START + 300)])).report({
      ...DEFAULT_SETTINGS,
      minFlows: 0,
    });
    const phrases = rowFactsOf(report)
      .lines(0)
      .map(({ phrase }) => phrase);
    expect(phrases).toContain('HTTP on port 8000');
  });
});
