import { bufferSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { rowFactsOf } from '../../../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../src/analysis/settings.ts';
import { placesOf } from '../../../../src/evidence/evidence.ts';
import { keptPacketsOf } from '../../../../src/evidence/keep-packets.ts';
import { readEvidence } from '../../../../src/evidence/read-evidence.ts';
import { carve } from '../../../../src/export/carve.ts';
import { type Message, tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { byTime, type PacketRecord, pcap } from '../../../builders/pcap.ts';

const CLIENT = '10.1.0.5';
const PROXY = { address: '10.1.0.8', port: 3128 };
const text = (from: Message['from'], content: string, delay = 0): Message => {
  return { from, bytes: new TextEncoder().encode(content), delay };
};
const CONNECT = [
  text(
    'client',
    'CONNECT c2.example.net:443 HTTP/1.1\r\nHost: c2.example.net:443\r\nUser-Agent: Mozilla/5.0 Gecko\r\n\r\n',
  ),
  text('server', 'HTTP/1.1 200 Connection established\r\n\r\n'),
];
const get = (host: string): Message[] => [
  text('client', `GET http://${host}/a HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
  text('server', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nok'),
];

/** One connection to the proxy a minute, from a port of its own. */
function flowsTo(...connections: readonly (readonly Message[])[]): PacketRecord[] {
  return connections.flatMap((messages, index) =>
    tcpConversation({
      client: { address: CLIENT, port: 50_000 + index },
      server: PROXY,
      start: 1_700_000_000 + 60 * index,
      messages,
    }),
  );
}

function analysisOf(packets: PacketRecord[], changes: Partial<Settings> = {}): Promise<Analysis> {
  return analyze([bufferSource(pcap({ packets }), 'a')], { ...DEFAULT_SETTINGS, ...changes });
}

/** Where flows go, and what through. */
function endsOf({ flows }: Analysis): string[] {
  const { addresses, destination, destinationPort, through, throughPort } = flows;
  return Array.from({ length: flows.length }, (_, flow) => {
    const proxy = through[flow] === 0 ? '' : ` through ${addresses.text(through[flow] - 1)}:${throughPort[flow]}`;
    return `${addresses.text(destination[flow])}:${destinationPort[flow]}${proxy}`;
  });
}

describe('flows through proxies', () => {
  it('go to whom the proxy is asked for, by CONNECT and by an absolute URI', async () => {
    expect(endsOf(await analysisOf(flowsTo(CONNECT, get('www.example.org'), get('www.example.org:8080'))))).toEqual([
      'c2.example.net:443 through 10.1.0.8:3128',
      'www.example.org:80 through 10.1.0.8:3128',
      'www.example.org:8080 through 10.1.0.8:3128',
    ]);
  });

  it('stay with the proxy where one connection asks for several, and where NFStream is asked for', async () => {
    const mixed = [...get('www.example.org'), ...get('www.example.net')];
    const same = [...get('www.example.org'), ...get('www.example.org')];
    expect(endsOf(await analysisOf(flowsTo(mixed, same)))).toEqual([
      '10.1.0.8:3128',
      'www.example.org:80 through 10.1.0.8:3128',
    ]);
    expect(endsOf(await analysisOf(flowsTo(CONNECT), { nfstream: true }))).toEqual(['10.1.0.8:3128']);
  });

  it('go on to the same host when a timeout cut them', async () => {
    const tunnel = [...CONNECT, text('client', 'ping', 300), text('server', 'pong'), text('client', 'ping', 300)];
    expect(endsOf(await analysisOf(flowsTo(tunnel)))).toEqual(
      Array.from({ length: 3 }, () => 'c2.example.net:443 through 10.1.0.8:3128'),
    );
  });

  it('are exported as NFStream has them, and are one external row with the proxy beside it', async () => {
    const analysis = await analysisOf(flowsTo(...Array.from({ length: 8 }, () => CONNECT)));
    const { destination, destinationPort, addresses } = analysis.nfstreamFlows;
    expect([addresses.text(destination[0]), destinationPort[0]]).toEqual([PROXY.address, PROXY.port]);
    const report = analysis.report(DEFAULT_SETTINGS);
    const { connections } = report;
    const texts = textsOf(report.addresses);
    expect(connections.length).toBe(1);
    expect([texts[connections.destination[0]], connections.destinationPort[0]]).toEqual(['c2.example.net', 443]);
    expect([texts[connections.through[0] - 1], connections.throughPort[0]]).toEqual([PROXY.address, PROXY.port]);
    const lines = rowFactsOf(report)
      .lines(0)
      .map(({ id }) => id);
    expect(lines).toContain('rhythm');
    for (const wrong of ['inside', 'nothingelse', 'notown', 'oddport', 'fakebrowser'])
      expect(lines).not.toContain(wrong);
  });

  it('are carved by their own flows', async () => {
    const packets = flowsTo(CONNECT, get('www.example.org'));
    const analysis = await analysisOf(packets);
    const detail = analysis.detail(0);
    const { ends, sharesEnds } = detail;
    expect(sharesEnds).toBe(true);
    expect(ends).toEqual([{ address: PROXY.address, protocol: 6, port: PROXY.port }]);
    const wanted = ends.map(({ address, port }) => ({
      source: CLIENT,
      destination: address,
      port,
      flows: detail,
    }));
    const carved = await carve([bufferSource(pcap({ packets }), 'a')], wanted, DEFAULT_SETTINGS, () => {});
    expect(carved.packets).toBe(flowsTo(CONNECT).length);
  });

  it('have the packets of their own alone, kept, carved and read, from a port used for another host before', async () => {
    const hosts = ['www.example.org', 'www.example.net', 'www.example.com'];
    const packets = hosts.flatMap((host, index) =>
      tcpConversation({
        client: { address: CLIENT, port: 50_000 },
        server: PROXY,
        start: 1_700_000_000 + 300 * index,
        messages: get(host),
      }),
    );
    const stray = udpExchange({
      client: { address: CLIENT, port: 50_000 },
      server: PROXY,
      start: 1_700_000_000.05,
      messages: [text('client', 'GET http://stray.example/ HTTP/1.1\r\n\r\n')],
    });
    const source = bufferSource(pcap({ packets: [...packets, ...stray].sort(byTime) }), 'a');
    const analysis = await analyze([source], DEFAULT_SETTINGS);
    const { connections } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const groups = connections.group.filter((_, row) => connections.through[row] !== 0);
    expect(groups).toHaveLength(hosts.length);
    const kept = await keptPacketsOf(analysis, groups, [source], DEFAULT_SETTINGS);
    const places = Array.from(groups, (group) => {
      const { source: client, ends, own } = analysis.endsOf(group);
      return placesOf(client, ends, own);
    });
    for (const from of [source, bufferSource(kept.pcapng, 'kept')]) {
      const found = await readEvidence([from], places, DEFAULT_SETTINGS);
      expect(found.map(({ packets: count }) => count)).toEqual(hosts.map(() => packets.length / hosts.length));
      const asked = found.map(({ exchanges }) => exchanges.map((one) => (one.kind === 'http' ? one.host : one.kind)));
      expect(asked.flat().sort()).toEqual(hosts.toSorted());
    }
    expect((await readPackets(bufferSource(kept.pcapng, 'kept'), () => {})).packets).toBe(packets.length);
    const { ends } = analysis.detail(groups[1]);
    const wanted = ends.map(({ address, port }) => {
      return { source: CLIENT, destination: address, port, flows: analysis.detail(groups[1]) };
    });
    const carved = await carve([source], wanted, DEFAULT_SETTINGS, () => {});
    expect(carved.packets).toBe(packets.length / hosts.length);
  });
});
