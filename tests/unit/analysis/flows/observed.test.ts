import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { couldShow, OBSERVED, type Observed } from '../../../../src/analysis/flows/observed.ts';
import type { FlowColumns } from '../../../../src/analysis/flows/columns.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { rowFactsOf } from '../../../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';

import { type Message, tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { dnsQuery, dnsResponse } from '../../../builders/payloads/dns.ts';
import { tlsApplicationData, tlsClientHello } from '../../../builders/payloads/tls.ts';
import { httpRequest } from '../../../builders/payloads/http.ts';
import { byTime, type PacketRecord, pcap, snapped } from '../../../builders/pcap.ts';

const CLIENT = '10.1.1.5';
const START = 1_700_000_000;

/** A connection of TLS without a server name on an odd port, `number` minutes after the first. */
function session(number: number, close: 'fin' | 'open' = 'fin'): PacketRecord[] {
  return tcpConversation({
    client: { address: CLIENT, port: 50_000 + number },
    server: { address: '203.0.113.9', port: 4443 },
    start: START + number * 60,
    messages: [
      { from: 'client', bytes: tlsClientHello(null) },
      { from: 'server', bytes: tlsApplicationData(300) },
      { from: 'client', bytes: tlsApplicationData(200) },
    ],
    close,
  });
}

const SESSIONS = Array.from({ length: 12 }, (_, number) => session(number));

async function analysed(packets: readonly PacketRecord[]) {
  const analysis = await analyze([bufferSource(pcap({ packets }), 'capture')], DEFAULT_SETTINGS);
  const report = analysis.report(DEFAULT_SETTINGS);
  const lines = report.connections.length === 0 ? [] : rowFactsOf(report).lines(0);
  return { flows: analysis.flows, ids: lines.map(({ id }) => id) };
}

/** What a flow could not show. */
function hidden({ observed }: FlowColumns, flow = 0): string[] {
  return (Object.keys(OBSERVED) as Observed[]).filter((what) => !couldShow(observed[flow], what));
}

/** The client's source address lies 12 bytes into the IPv4 header, behind 14 of Ethernet. */
const isClients = ({ data }: PacketRecord): boolean => data.subarray(26, 30).join('.') === CLIENT;

describe('what packets show', () => {
  it('is everything of whole conversations', async () => {
    const { flows, ids } = await analysed(SESSIONS.flat());
    expect(hidden(flows)).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(['rhythm', 'oddport', 'nosni', 'constant']));
    expect(ids).not.toContain('dead');
  });

  it('is no answer, and no bytes each way, of the half that a tap took of one direction', async () => {
    const { flows, ids } = await analysed(SESSIONS.flat().filter(isClients));
    expect(flows.failed[0]).toBe(0);
    expect(hidden(flows)).toEqual(['bytes', 'payload', 'certificates']);
    for (const id of ['dead', 'upload', 'constant', 'nosni']) expect(ids).not.toContain(id);
  });

  it('is an attempt that came to nothing, in one direction too: nobody acknowledges', async () => {
    const asked = SESSIONS.map(([syn]) => syn);
    const { flows, ids } = await analysed(asked);
    expect(flows.failed[0]).toBe(1);
    expect(ids).toContain('dead');
  });

  it('is no handshake and no name where connections began before the capture', async () => {
    const { flows, ids } = await analysed(SESSIONS.flatMap((packets) => packets.slice(5)));
    expect(hidden(flows)).toEqual(expect.arrayContaining(['names', 'begin', 'answers', 'application']));
    for (const id of ['dead', 'nosni', 'noname']) expect(ids).not.toContain(id);
  });

  it('is the name where the hello was captured though the handshake was not', async () => {
    const { flows, ids } = await analysed(SESSIONS.flatMap((packets) => packets.slice(3)));
    expect(couldShow(flows.observed[0], 'names')).toBe(true);
    expect(couldShow(flows.observed[0], 'begin')).toBe(false);
    expect(ids).toContain('nosni');
  });

  it.each([
    [54, ['names', 'application', 'fingerprints', 'certificates', 'requests']],
    [100, ['names', 'application', 'fingerprints', 'certificates', 'requests']],
    [140, []],
  ])('is no more of payloads than the capture holds: %i bytes of each packet', async (snapLength, missing) => {
    const raw = Array.from({ length: 12 }, (_, number) =>
      tcpConversation({
        client: { address: CLIENT, port: 50_000 + number },
        server: { address: '203.0.113.9', port: 443 },
        start: START + number * 60,
        messages: [
          { from: 'client', bytes: new Uint8Array(200).fill(0xfe) },
          { from: 'server', bytes: new Uint8Array(300).fill(0xfd) },
        ],
      }),
    ).flat();
    const { flows, ids } = await analysed(raw.map((packet) => snapped(packet, snapLength)));
    expect(hidden(flows)).toEqual(missing);
    expect(ids.includes('notown')).toBe(!missing.includes('application'));
    const { ids: ofTls, flows: cut } = await analysed(SESSIONS.flat().map((packet) => snapped(packet, snapLength)));
    expect(ofTls).not.toContain('nosni');
    expect(hidden(cut)).toEqual(expect.arrayContaining(['names', 'fingerprints']));
  });

  it.each([
    [90, true],
    [400, false],
  ])('is no answer of DNS that %i bytes of each packet do not hold', async (snapLength, isHidden) => {
    const lookUp = udpExchange({
      client: { address: CLIENT, port: 50_000 },
      server: { address: '10.0.0.53', port: 53 },
      start: START,
      messages: [
        { from: 'client', bytes: dnsQuery(7, 'host.example') },
        { from: 'server', bytes: dnsResponse(7, 'host.example', ['203.0.113.9', '203.0.113.8']) },
      ],
    });
    const { flows } = await analysed(lookUp.map((packet) => snapped(packet, snapLength)));
    expect(hidden(flows).includes('names')).toBe(isHidden);
  });
});

describe('what goes on from before a capture', () => {
  it('is not what only lacks its SYN', async () => {
    const { flows } = await analysed(session(0).slice(1));
    expect(hidden(flows)).toEqual([]);
  });

  it('says what an unknown protocol is by nothing but its beginning', async () => {
    const download = tcpConversation({
      client: { address: CLIENT, port: 50_000 },
      server: { address: '203.0.113.9', port: 80 },
      start: START,
      messages: [
        { from: 'server', bytes: new Uint8Array(20_000).fill(200) },
        { from: 'client', bytes: httpRequest({ method: 'GET', path: '/', host: 'www.example.org', userAgent: 'a' }) },
        { from: 'server', bytes: new Uint8Array(2000).fill(200) },
      ],
    });
    const { flows, ids } = await analysed(download.slice(5));
    expect(flows.names[flows.name[0]]).toBe('www.example.org');
    expect(hidden(flows)).toEqual(expect.arrayContaining(['begin', 'application']));
    expect(ids).not.toContain('notown');
  });

  it.each([
    ['at once', 0, ['begin']],
    ['later than a few of its pauses', 40, []],
  ])('may be datagrams that come %s', async (_, afterS, lacks) => {
    const ends = { client: { address: CLIENT, port: 50_000 }, server: { address: '203.0.113.9', port: 4507 } };
    const messages = Array.from({ length: 20 }, (): Message => ({
      from: 'client',
      bytes: new Uint8Array(50),
      delay: 5,
    }));
    const stream = udpExchange({ ...ends, start: START + afterS, messages });
    const { flows } = await analysed([...session(0), ...stream].sort(byTime));
    expect(hidden(flows, flows.protocol.indexOf(17))).toEqual(lacks);
  });

  it('has no start that a rhythm may be of', async () => {
    const analysis = await analyze([bufferSource(pcap({ packets: SESSIONS.flat().slice(4) }))], DEFAULT_SETTINGS);
    const { group, flows } = analysis.report(DEFAULT_SETTINGS).connections;
    const { won } = analysis.detail(group[0]);
    expect([flows[0], won?.level, won?.timesMs.length]).toEqual([12, 'flow', 11]);
  });

  it('is the only host that goes there for nobody who asks', async () => {
    const packets = Array.from({ length: 12 }, (_, host) =>
      tcpConversation({
        client: { address: `10.1.1.${host + 20}`, port: 50_000 },
        server: { address: '203.0.113.9', port: 4443 },
        start: START + 100 + host,
        messages: [{ from: 'client', bytes: tlsClientHello(null) }],
      }),
    );
    const alone = tcpConversation({
      client: { address: CLIENT, port: 4000 },
      server: { address: '10.1.1.99', port: 5000 },
      start: START,
      messages: [{ from: 'server', bytes: new Uint8Array(500) }],
    });
    const rare = async (of: PacketRecord[]): Promise<boolean> => {
      const analysis = await analyze([bufferSource(pcap({ packets: [...of, ...packets.flat()] }))], DEFAULT_SETTINGS);
      const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
      const facts = rowFactsOf(report);
      const rows = Array.from({ length: report.connections.length }, (_, row) => facts.lines(row));
      return rows.some((lines) => lines.some(({ id }) => id === 'rare'));
    };
    expect(await rare(alone)).toBe(true);
    expect(await rare(alone.slice(3))).toBe(false);
  });
});

describe('what a capture lost', () => {
  it('may have told the protocol: where the first bytes are missing, none is unknown', async () => {
    const words = Array.from({ length: 4 }, (_, place): Message => ({
      from: place % 2 === 0 ? 'client' : 'server',
      bytes: Uint8Array.from({ length: 90 }, (_byte, at) => 128 + ((at * 7 + place) % 120)),
    }));
    const packets = Array.from({ length: 8 }, (_, number) =>
      tcpConversation({
        client: { address: CLIENT, port: 50_000 + number },
        server: { address: '203.0.113.9', port: 443 },
        start: START + 60 * number,
        messages: words,
      }),
    );
    expect((await analysed(packets.flat())).ids).toContain('notown');
    const { flows, ids } = await analysed(packets.flatMap((own) => own.filter((_packet, place) => place !== 3)));
    expect(hidden(flows)).toContain('application');
    expect(ids).not.toContain('notown');
  });

  it('may be an answer of DNS: of a host that has one less than questions no address is called not looked up', async () => {
    const lookUp = (port: number, start: number, answer: string) =>
      udpExchange({
        client: { address: CLIENT, port },
        server: { address: '10.1.1.1', port: 53 },
        start,
        messages: [
          { from: 'client', bytes: dnsQuery(7, 'a.example.org') },
          { from: 'client', bytes: dnsQuery(8, 'a.example.org', 28) },
          { from: 'server', bytes: dnsResponse(7, 'a.example.org', [answer]) },
          { from: 'server', bytes: dnsResponse(8, 'a.example.org', []) },
        ],
      });
    const looked = lookUp(40_000, START - 200, '203.0.113.50');
    const visit = tcpConversation({
      client: { address: CLIENT, port: 41_000 },
      server: { address: '203.0.113.50', port: 443 },
      start: START - 199,
      messages: [{ from: 'client', bytes: tlsClientHello('a.example.org') }],
    });
    const raw = Array.from({ length: 8 }, (_, number) =>
      tcpConversation({
        client: { address: CLIENT, port: 50_000 + number },
        server: { address: '203.0.113.9', port: 4443 },
        start: START + 60 * number,
        messages: [{ from: 'client', bytes: new Uint8Array(90).fill(200) }],
      }),
    ).flat();
    const unlooked = async (packets: PacketRecord[]): Promise<boolean> => {
      const analysis = await analyze([bufferSource(pcap({ packets: packets.sort(byTime) }))], DEFAULT_SETTINGS);
      const facts = rowFactsOf(analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 }));
      const { length } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 }).connections;
      return Array.from({ length }, (_, row) => facts.lines(row)).some((lines) =>
        lines.some(({ id }) => id === 'unlooked'),
      );
    };
    expect(await unlooked([...looked, ...visit, ...raw])).toBe(true);
    expect(await unlooked([...looked.slice(0, 3), ...visit, ...raw])).toBe(false);
  });
});
