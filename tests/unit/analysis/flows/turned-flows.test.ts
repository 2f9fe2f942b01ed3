import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { rowFactsOf } from '../../../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { type Message, tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { dnsQuery, dnsResponse } from '../../../builders/payloads/dns.ts';
import { httpRequest, httpResponse } from '../../../builders/payloads/http.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';
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
    const ends = `${addresses[source[flow]]}:${sourcePort[flow]} > ${addresses[destination[flow]]}:${destinationPort[flow]}`;
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
