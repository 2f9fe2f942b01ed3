import { bufferSource } from 'pcap-ts-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { FLOW_ENDINGS } from '../../../../src/analysis/connections/flow-endings.ts';
import { firstMsOf } from '../../../../src/analysis/flows/columns.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { rowFactsOf } from '../../../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { RULES } from '../../../../src/analysis/triage/lines.ts';
import { type Message, tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { eveJson, flowEvent } from '../../../builders/logs/suricata.ts';
import { CONN_FIELDS, zeekTsv } from '../../../builders/logs/zeek.ts';
import { dnsQuery, dnsResponse } from '../../../builders/payloads/dns.ts';
import { httpRequest, httpResponse } from '../../../builders/payloads/http.ts';
import { tlsApplicationData, tlsClientHello, tlsServerHello } from '../../../builders/payloads/tls.ts';
import { byTime, type PacketRecord, pcap, snapped } from '../../../builders/pcap.ts';
import { someFacts } from './facts.ts';

/** Words by which a phrase says that something is not there. */
const ABSENCE = /\b(?:no|not|never|nobody|nothing|none|only|nowhere|without|unknown|lacks?|missing)\b/i;

/** What an input has to hold for a phrase of absence to be true of it. */
type Licence = 'names' | 'answers' | 'payload' | 'application' | 'requests' | 'lookups' | 'beginning';

/**
 * Every phrase of triage that says that something is not there, with what licenses it; none for what is told of something
 * that is there. A new rule with such a phrase is not in the table, and fails until it is.
 */
const LICENCES: Readonly<Record<string, readonly Licence[]>> = {
  dead: ['answers'],
  uploads: ['payload', 'names'],
  nosni: ['names'],
  noname: ['names'],
  unlooked: ['names', 'lookups', 'beginning'],
  oddport: ['application'],
  notown: ['application'],
  noagent: ['requests'],
  nohost: ['requests'],
  form: ['requests'],
  fakebrowser: ['requests'],
  afterprogram: [],
  // Of a protocol by its port, a name that is there, a certificate, a fingerprint, ICMP itself, a baseline, and the hosts that were seen.
  clock: [],
  known: [],
  cheap: [],
  noroot: [],
  lasting: [],
  nobody: [],
  ownfingerprint: [],
  control: [],
  generator: [],
  new: [],
  newsoftware: [],
  rare: [],
  poll: [],
  // What was not seen is what they say.
  open: [],
};

const CLIENT = '10.1.1.5';
const RESOLVER = '10.0.0.53';
const START = 1_700_000_000;
const COUNT = 6;
const said = (from: Message['from'], bytes: Uint8Array): Message => ({ from, bytes });
const answered = said('server', httpResponse({ status: 200, bodyLength: 90 }));
const request = (more: Partial<Parameters<typeof httpRequest>[0]>): Message =>
  said('client', httpRequest({ method: 'GET', path: '/', host: 'www.example.org', userAgent: 'agent/1', ...more }));
const raw = [said('client', new Uint8Array(90).fill(0xfe)), said('server', new Uint8Array(300).fill(0xfd))];

/** Conversations of a host: whom with, and what is said. */
const TALKS: [address: string, port: number, messages: Message[]][] = [
  [
    '203.0.113.1',
    443,
    [
      said('client', tlsClientHello(null)),
      said('server', tlsServerHello()),
      said('client', tlsApplicationData(200)),
      said('server', tlsApplicationData(400)),
    ],
  ],
  ['203.0.113.2', 4444, raw],
  ['203.0.113.3', 80, raw],
  ['203.0.113.5', 80, [request({ userAgent: '' }), answered]],
  ['203.0.113.6', 80, [request({ host: null }), answered]],
  [
    '203.0.113.7',
    80,
    [
      request({
        method: 'POST',
        userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0',
        bodyLength: 90,
      }),
      answered,
    ],
  ],
  ['203.0.113.8', 4445, [said('client', new Uint8Array(120_000).fill(0xfe))]],
];
const lookUp = udpExchange({
  client: { address: CLIENT, port: 40_000 },
  server: { address: RESOLVER, port: 53 },
  start: START,
  messages: [
    said('client', dnsQuery(7, 'www.example.net')),
    said('server', dnsResponse(7, 'www.example.net', ['203.0.113.99'])),
  ],
});
const looked = tcpConversation({
  client: { address: CLIENT, port: 40_001 },
  server: { address: '203.0.113.99', port: 443 },
  start: START + 1,
  messages: TALKS[0][2],
});
const talks = TALKS.flatMap(([address, port, messages], talk) =>
  Array.from({ length: COUNT }, (_, index) =>
    tcpConversation({
      client: { address: CLIENT, port: 50_000 + 100 * talk + index },
      server: { address, port },
      start: START + 600 + talk + 61 * index,
      messages,
    }),
  ),
);
/** What begins with the capture may have been looked up before. */
const early = tcpConversation({
  client: { address: CLIENT, port: 40_002 },
  server: { address: '203.0.113.9', port: 4446 },
  start: START + 0.5,
  messages: raw,
});
/** Asked for, and never answered. */
const tried = Array.from({ length: COUNT }, (_, index) =>
  tcpConversation({
    client: { address: CLIENT, port: 52_000 + index },
    server: { address: '203.0.113.4', port: 443 },
    start: START + 610 + 61 * index,
    messages: [],
  }).slice(0, 1),
);
const ALL = [...lookUp, ...looked, ...early, ...talks.flat(), ...tried.flat()].sort(byTime);
/** The source address lies 12 bytes into the IPv4 header, behind 14 of Ethernet. */
const isClients = ({ data }: PacketRecord): boolean => data.subarray(26, 30).join('.') === CLIENT;

function read(content: string | readonly PacketRecord[]): Promise<Analysis> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : pcap({ packets: content });
  return analyze([bufferSource(bytes, 'input')], DEFAULT_SETTINGS);
}

/** Ids of all lines of all rows, whatever their points. */
function idsOf(analysis: Analysis): Set<string> {
  const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
  const facts = rowFactsOf(report);
  const rows = Array.from({ length: report.connections.length }, (_, row) => facts.lines(row));
  return new Set(rows.flatMap((lines) => lines.map(({ id }) => id)));
}

/** The flows of the capture, as sensors and meters write them that know less. */
async function rowsOf() {
  const { flows } = await read(ALL);
  return Array.from({ length: flows.length }, (_, flow) => ({
    ms: firstMsOf(flows, flow),
    source: flows.addresses.text(flows.source[flow]),
    sourcePort: flows.sourcePort[flow],
    destination: flows.addresses.text(flows.destination[flow]),
    port: flows.destinationPort[flow],
    protocol: flows.protocol[flow],
    packets: [flows.packetsSent[flow], flows.packetsReceived[flow]],
    bytes: [flows.ipBytesSent[flow], flows.ipBytesReceived[flow]],
    payload: [flows.payloadSent[flow], flows.payloadReceived[flow]],
  }));
}
type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function connLog(rows: readonly Row[]): string {
  const written = rows.map(
    ({ ms, source, sourcePort, destination, port, protocol, packets, bytes, payload }, index) => ({
      ts: (ms / 1000).toFixed(6),
      uid: `C${index}`,
      'id.orig_h': source,
      'id.orig_p': sourcePort,
      'id.resp_h': destination,
      'id.resp_p': port,
      proto: protocol === 6 ? 'tcp' : 'udp',
      duration: 1,
      orig_bytes: payload[0],
      resp_bytes: payload[1],
      conn_state: packets[1] === 0 ? 'S0' : 'SF',
      history: packets[1] === 0 ? 'S' : 'ShADadFf',
      orig_pkts: packets[0],
      orig_ip_bytes: bytes[0],
      resp_pkts: packets[1],
      resp_ip_bytes: bytes[1],
    }),
  );
  return zeekTsv('conn', CONN_FIELDS, written);
}

function eveFlows(rows: readonly Row[]): string {
  return eveJson(
    rows.map(({ ms, source, sourcePort, destination, port, protocol, packets, bytes }, index) => {
      const at = new Date(ms).toISOString().replace('Z', '+0000');
      return flowEvent(
        {
          timestamp: at,
          flow_id: index + 1,
          src_ip: source,
          src_port: sourcePort,
          dest_ip: destination,
          dest_port: port,
          proto: protocol === 6 ? 'TCP' : 'UDP',
          app_proto: 'failed',
          tcp: {
            tcp_flags_ts: packets[1] === 0 ? '02' : '1b',
            tcp_flags_tc: packets[1] === 0 ? '00' : '1b',
            state: 'closed',
          },
        },
        {
          start: at,
          end: at,
          pkts_toserver: packets[0],
          pkts_toclient: packets[1],
          bytes_toserver: bytes[0],
          bytes_toclient: bytes[1],
        },
      );
    }),
  );
}

function countsBothWaysTogether(rows: readonly Row[]): string {
  const header =
    'src_ip,src_port,dst_ip,dst_port,protocol,bidirectional_first_seen_ms,bidirectional_packets,bidirectional_bytes';
  const lines = rows.map(({ ms, source, sourcePort, destination, port, protocol, packets, bytes }) =>
    [source, sourcePort, destination, port, protocol, ms, packets[0] + packets[1], bytes[0] + bytes[1]].join(','),
  );
  return `${[header, ...lines].join('\n')}\n`;
}

/** Inputs that hold less than the capture, and what they do not license. */
const INPUTS: [name: string, lacks: Licence[], make: () => Promise<string | PacketRecord[]>][] = [
  ['conn.log alone', ['names', 'requests', 'lookups'], async () => connLog(await rowsOf())],
  ['flow events of eve.json alone', ['names', 'requests', 'lookups'], async () => eveFlows(await rowsOf())],
  [
    'a table of counts both ways together',
    ['names', 'requests', 'lookups', 'answers', 'payload', 'application'],
    async () => countsBothWaysTogether(await rowsOf()),
  ],
  [
    'the client of a tap',
    ['payload', 'application', 'lookups'],
    () => Promise.resolve(ALL.filter((packet) => isClients(packet))),
  ],
  [
    'the server of a tap',
    ['payload', 'application', 'names', 'requests', 'answers', 'lookups', 'beginning'],
    () => Promise.resolve(ALL.filter((packet) => !isClients(packet))),
  ],
  [
    'connections begun before',
    ['names', 'application', 'answers', 'requests', 'beginning'],
    () =>
      Promise.resolve([...lookUp, ...[looked, early, ...talks].flatMap((packets) => packets.slice(5))].sort(byTime)),
  ],
  [
    'packets cut behind their headers',
    ['names', 'application', 'requests', 'lookups'],
    () =>
      Promise.resolve(
        [...lookUp, ...looked, ...early, ...talks.flat()].sort(byTime).map((packet) => snapped(packet, 54)),
      ),
  ],
  ['no look-ups', ['lookups'], () => Promise.resolve([...looked, ...talks.flat(), ...tried.flat()].sort(byTime))],
  [
    'connections that begin with the capture',
    ['beginning'],
    () => Promise.resolve(ALL.filter(({ seconds }) => seconds >= START + 660)),
  ],
];

describe('phrases that say that something is not there', () => {
  const FACTS = [
    someFacts(),
    someFacts({ port: 80, application: 'Unknown' }),
    someFacts({ port: 4444, application: 'Unknown', name: '' }),
    someFacts({ port: 4444, dataShare: 0, measures: { payloadSent: 0, payloadReceived: 0, repliedFlows: 0 } }),
    someFacts({
      measures: { payloadSent: 1e6, payloadReceived: 0, repliedFlows: 1 },
      nobody: 'nobody',
      tunnelled: 1,
      generated: 9,
    }),
    someFacts({ name: 'printer', hosts: 2, allHosts: 30 }),
  ];

  it('are all in the table of what licenses them', () => {
    const absent = RULES.filter(({ phrase }) => FACTS.some((facts) => ABSENCE.test(phrase(facts)))).map(({ id }) => id);
    expect(absent.filter((id) => !(id in LICENCES))).toEqual([]);
    expect(Object.keys(LICENCES).filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
    expect(FLOW_ENDINGS.filter((ending) => ABSENCE.test(ending))).toEqual(['no answer']);
  });

  const licensed = Object.entries(LICENCES).filter(([, licences]) => licences.length > 0);
  let whole = new Set<string>();
  beforeAll(async () => {
    whole = idsOf(await read(ALL));
  });

  it('are said of a capture that holds everything', () => {
    expect(licensed.map(([id]) => id).filter((id) => !whole.has(id))).toEqual([]);
  });

  it.each(INPUTS)('are not said of what does not license them: %s', async (_, lacks, make) => {
    const analysis = await read(await make());
    expect(analysis.flows.length).toBeGreaterThan(COUNT);
    const ids = idsOf(analysis);
    const unlicensed = licensed.filter(([, needs]) => needs.some((need) => lacks.includes(need)));
    expect(unlicensed.map(([id]) => id).filter((id) => ids.has(id))).toEqual([]);
    // Of a half, or of what goes on from before, nobody says that it was not answered.
    if (lacks.includes('answers')) expect([...analysis.flows.failed].some((failed) => failed === 1)).toBe(false);
  });
});
