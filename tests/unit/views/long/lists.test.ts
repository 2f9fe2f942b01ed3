import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { NO_CASE } from '../../../../src/analysis/report/case.ts';
import type { Report } from '../../../../src/analysis/report/report.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { tabList, tabRows } from '../../../../src/state/list-rows.ts';
import { viewFilter } from '../../../../src/state/filters.ts';
import { messagesPath } from '../../../../src/views/charts/message-strokes.ts';
import type { SessionStrip } from '../../../../src/analysis/sessions/strip.ts';
import { piecesSentence, sessionFacts } from '../../../../src/views/detail/session-facts.ts';
import { moreNewsOf } from '../../../../src/views/results/headline-more.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../../builders/ethernet.ts';
import { ipv4 } from '../../../builders/ipv4.ts';
import { byTime, packetAt, pcap } from '../../../builders/pcap.ts';
import { iodineTunnel, ordinaryResolver } from '../../../builders/sessions/dns.ts';
import { heldOpen, ratOverTls } from '../../../builders/sessions/kinds.ts';
import { PROTOCOL_UDP, udp } from '../../../builders/udp.ts';
import { reportOf } from '../../state/reports.ts';

const START = 1_772_438_400;
const ends = (clientPort: number, address: string, port: number) => ({
  client: { address: '10.0.0.5', port: clientPort },
  server: { address, port },
  start: START,
});

function rowsOf(report: Report, tab: 'long' | 'dns', filter: string, hidden = 0): number[] {
  const list = tabList(report, tab, NO_CASE);
  return tabRows(report, list, viewFilter({ filter, timeZone: 'utc' }), hidden);
}

async function built() {
  const packets = [
    ...ratOverTls(ends(50_000, '203.0.113.9', 443)),
    ...heldOpen(ends(50_001, '198.51.100.9', 22), 5),
    ...iodineTunnel(ends(50_002, '10.0.0.2', 53), 't.tunnel.example'),
    ...ordinaryResolver(ends(50_003, '10.0.0.3', 53)),
  ].sort(byTime);
  return analyze([bufferSource(pcap({ packets }), 'built.pcap')], DEFAULT_SETTINGS);
}

describe('the lists beside the connections', () => {
  it('hold what every word of the filter is in, in their own order', async () => {
    const report = (await built()).report(DEFAULT_SETTINGS);
    const servers = (rows: number[]): string[] =>
      rows.map((row) => textsOf(report.long.addresses)[report.long.server[row]]);
    expect(servers(rowsOf(report, 'long', ''))[0]).toBe('198.51.100.9');
    expect(servers(rowsOf(report, 'long', '10.0.0.5 203.0.113.9:443'))).toEqual(['203.0.113.9']);
    expect(rowsOf(report, 'long', 'nowhere')).toEqual([]);
    const all = rowsOf(report, 'dns', '');
    expect(all.length).toBe(report.dns.length);
    const domains = (rows: number[]): string[] => rows.map((row) => textsOf(report.dns.texts)[report.dns.domain[row]]);
    expect(domains(all)[0]).toBe('tunnel.example');
    expect(new Set(domains(rowsOf(report, 'dns', 'Tunnel.EXAMPLE')))).toEqual(new Set(['tunnel.example']));
  });

  it('hide sessions of connections whose sort is hidden', async () => {
    const report = (await built()).report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const all = rowsOf(report, 'long', '');
    const marked: Report = {
      ...report,
      connections: { ...report.connections, sorts: new Uint8Array(report.connections.length).fill(1) },
    };
    expect(rowsOf(marked, 'long', '', 1)).toEqual([]);
    expect(rowsOf(marked, 'long', '', 2)).toEqual(all);
  });

  it('say the most important of each in the headline, and nothing where there is nothing', async () => {
    expect(moreNewsOf((await built()).report(DEFAULT_SETTINGS))).toEqual([
      { text: '1 domain looks like a DNS tunnel', tab: 'dns' },
      { text: '1 session was open for more than 4 h', tab: 'long' },
    ]);
    expect(moreNewsOf(reportOf([]))).toEqual([]);
  });

  it('count sessions for the headline also where there is no room for them in the list', async () => {
    const datagrams = Array.from({ length: 10_001 }, (_, index) =>
      ethernet({
        etherType: ETHERTYPE_IPV4,
        payload: ipv4({
          source: '10.0.0.5',
          destination: '198.51.100.9',
          protocol: PROTOCOL_UDP,
          payload: udp({ sourcePort: 1024 + index, destinationPort: 4500, payload: Uint8Array.of(1) }),
        }),
      }),
    );
    const packets = [START, START + 5 * 3600].flatMap((time) => datagrams.map((datagram) => packetAt(time, datagram)));
    const analysis = await analyze([bufferSource(pcap({ packets }), 'many.pcap')], DEFAULT_SETTINGS);
    const report = analysis.report(DEFAULT_SETTINGS);
    expect(report.long.length).toBe(10_000);
    expect(moreNewsOf(report)).toContainEqual({ text: '10,001 sessions were open for more than 4 h', tab: 'long' });
  });
});

describe('a session in the detail', () => {
  it('is told in numbers, with the series its rhythm was found in', async () => {
    const analysis = await built();
    const report = analysis.report(DEFAULT_SETTINGS);
    const inside = report.connections.inner.score.findIndex((score) => score > 0.5);
    const { session } = analysis.detail(report.connections.group[inside]);
    const facts = session === null ? [] : sessionFacts(session);
    expect(facts.map(({ term }) => term)).toEqual(expect.arrayContaining(['open for', 'messages', 'bytes', 'score']));
    expect(facts.find(({ term }) => term === 'score')?.meaning).toMatch(/^Looked at: .*messages/);
  });

  it('of UDP is not said to be open', async () => {
    const analysis = await built();
    const report = analysis.report(DEFAULT_SETTINGS);
    const inside = report.connections.inner.score.findIndex((score) => score > 0.5);
    const session = analysis.detail(report.connections.group[inside]).session as SessionStrip;
    const stateOf = (protocol: number) => sessionFacts({ ...session, protocol })[0].meaning;
    expect(stateOf(6)).toMatch(/^(?:closed|still open)/);
    expect(stateOf(17)).toBe('From its first packet to its last: UDP opens and closes nothing');
  });

  it('draws one stroke for each pixel of a side, longer for more bytes', () => {
    const messages = {
      timesMs: Float64Array.of(0, 0, 50, 100),
      sides: Uint8Array.of(0, 0, 1, 0),
      sizes: Uint16Array.of(1, 65_535, 9, 1),
    };
    const span = { from: 0, to: 100, width: 101 };
    expect(messagesPath(messages, 0, span, 30, -20)).toBe('M0.5 30v-20.0M100.5 30v-4.1');
    expect(messagesPath(messages, 1, span, 30, 20)).toMatch(/^M50\.5 30v\d+\.\d$/);
  });

  it('says which flows are pieces of one connection', () => {
    expect(piecesSentence(4, 1)).toBe(
      '4 flows are pieces of 1 connection that the timeouts cut: they are not reconnects.',
    );
    expect(piecesSentence(0, 0)).toBe('');
  });
});
