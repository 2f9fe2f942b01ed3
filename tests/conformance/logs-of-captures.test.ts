import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { firstMsOf, type FlowColumns } from '../../src/analysis/flows/columns.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import type { Analysis } from '../../src/analysis/report/analysis.ts';
import { rowFactsOf } from '../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { type Message, tcpConversation } from '../builders/conversation.ts';
import { eveJson, flowEvent } from '../builders/logs/suricata.ts';
import { CONN_FIELDS, type ZeekRow, zeekTsv } from '../builders/logs/zeek.ts';
import { httpRequest, httpResponse } from '../builders/payloads/http.ts';
import { tlsApplicationData, tlsClientHello, tlsServerHello } from '../builders/payloads/tls.ts';
import { pcap } from '../builders/pcap.ts';

const CLIENT = '10.0.0.5';
const said = (from: Message['from'], bytes: Uint8Array): Message => ({ from, bytes });
const tls = (name: string | null): Message[] => [
  said('client', tlsClientHello(name)),
  said('server', tlsServerHello()),
  said('client', tlsApplicationData(200)),
  said('server', tlsApplicationData(400)),
];
const web = [
  said(
    'client',
    httpRequest({ method: 'POST', path: '/in', host: 'c2.example.net', userAgent: 'agent/1', bodyLength: 90 }),
  ),
  said('server', httpResponse({ status: 200, bodyLength: 40 })),
];
const SERVERS = [
  { address: '203.0.113.9', port: 443, messages: tls(null), everyS: 60 },
  { address: '203.0.113.10', port: 8443, messages: tls('www.example.org'), everyS: 45 },
  { address: '203.0.113.11', port: 80, messages: web, everyS: 30 },
];
const packets = SERVERS.flatMap(({ address, port, messages, everyS }, server) =>
  Array.from({ length: 12 }, (_, index) =>
    tcpConversation({
      client: { address: CLIENT, port: 40_000 + 100 * server + index },
      server: { address, port },
      start: 1_700_000_000 + everyS * index,
      messages,
    }),
  ).flat(),
).sort((a, b) => a.seconds - b.seconds || a.nanoseconds - b.nanoseconds);

function read(...files: (string | Uint8Array)[]): Promise<Analysis> {
  const sources = files.map((content, index) => {
    return bufferSource(typeof content === 'string' ? new TextEncoder().encode(content) : content, `file ${index}`);
  });
  return analyze(sources, DEFAULT_SETTINGS);
}

/** What both have: connections, names, fingerprints, the rhythm, and the lines of the sum. */
function seen(analysis: Analysis) {
  const report = analysis.report(DEFAULT_SETTINGS);
  const { connections } = report;
  const [addresses, names] = [textsOf(report.addresses), textsOf(report.names)];
  const facts = rowFactsOf(report);
  return Array.from({ length: connections.length }, (_, row) => ({
    ends: `${addresses[connections.source[row]]} ${addresses[connections.destination[row]]} ${connections.destinationPort[row]}`,
    flows: connections.flows[row],
    name: names[connections.name[row]],
    intervalS: Math.round(connections.joined.intervalS[row]),
    traces: analysis
      .detail(connections.group[row])
      .traces.filter(({ kind }) => kind !== 'request' && kind !== 'contentType')
      .map(({ kind, text, flows }) => `${kind} ${text} ${flows}`)
      .sort(),
    lines: facts.lines(row).map(({ id, points }) => `${id} ${points}`),
  }));
}

/** The flows of a capture as the rows that a sensor writes of them. */
function rowsOf(flows: FlowColumns) {
  return Array.from({ length: flows.length }, (_, flow) => ({
    uid: `C${flow}`,
    source: flows.addresses[flows.source[flow]],
    sourcePort: flows.sourcePort[flow],
    destination: flows.addresses[flows.destination[flow]],
    port: flows.destinationPort[flow],
    ms: firstMsOf(flows, flow),
    durationMs: flows.durationMs[flow],
    sent: [flows.packetsSent[flow], flows.ipBytesSent[flow], flows.payloadSent[flow], flows.bytesSent[flow]],
    received: [
      flows.packetsReceived[flow],
      flows.ipBytesReceived[flow],
      flows.payloadReceived[flow],
      flows.bytesReceived[flow],
    ],
    isWeb: flows.destinationPort[flow] === 80,
    name: flows.names[flows.name[flow]],
    text: (column: 'clientFingerprint' | 'serverFingerprint' | 'ja4' | 'ja4s' | 'userAgent'): string => {
      return flows.texts[flows[column][flow]];
    },
  }));
}
type Row = ReturnType<typeof rowsOf>[number];

function zeekLogs(rows: readonly Row[]): string[] {
  const ends = ({ uid, source, sourcePort, destination, port, ms }: Row): ZeekRow => ({
    ts: (ms / 1000).toFixed(6),
    uid,
    'id.orig_h': source,
    'id.orig_p': sourcePort,
    'id.resp_h': destination,
    'id.resp_p': port,
  });
  const conn = rows.map((row) => ({
    ...ends(row),
    proto: 'tcp',
    service: row.isWeb ? 'http' : 'ssl',
    duration: (row.durationMs / 1000).toFixed(6),
    orig_bytes: row.sent[2],
    resp_bytes: row.received[2],
    conn_state: 'SF',
    history: 'ShADadFf',
    orig_pkts: row.sent[0],
    orig_ip_bytes: row.sent[1],
    resp_pkts: row.received[0],
    resp_ip_bytes: row.received[1],
  }));
  const ssl = rows
    .filter(({ isWeb }) => !isWeb)
    .map((row): ZeekRow =>
      Object.assign(ends(row), {
        version: 'TLSv13',
        server_name: row.name === '' ? undefined : row.name,
        ja3: row.text('clientFingerprint'),
        ja3s: row.text('serverFingerprint'),
        ja4: row.text('ja4'),
        ja4s: row.text('ja4s'),
      }),
    );
  const http = rows
    .filter(({ isWeb }) => isWeb)
    .map((row): ZeekRow =>
      Object.assign(ends(row), {
        trans_depth: 1,
        method: 'POST',
        host: row.name,
        uri: '/in',
        version: '1.1',
        user_agent: row.text('userAgent'),
      }),
    );
  return [
    zeekTsv('conn', CONN_FIELDS, conn),
    zeekTsv('ssl', Object.keys(ssl[0]), ssl),
    zeekTsv('http', Object.keys(http[0]), http),
  ];
}

function eveLog(rows: readonly Row[]): string {
  return eveJson(
    rows.flatMap((row, number) => {
      const timestamp = new Date(row.ms).toISOString().replace('Z', '000+0000');
      const ends = {
        timestamp,
        flow_id: 1000 + number,
        src_ip: row.source,
        src_port: row.sourcePort,
        dest_ip: row.destination,
        dest_port: row.port,
        proto: 'TCP',
      };
      const hello = { sni: row.name || undefined, ja3: { hash: row.text('clientFingerprint') }, ja4: row.text('ja4') };
      const said1 = row.isWeb
        ? {
            http: {
              hostname: row.name,
              url: '/in',
              http_method: 'POST',
              protocol: 'HTTP/1.1',
              http_user_agent: row.text('userAgent'),
            },
          }
        : { tls: { ...hello, ja3s: { hash: row.text('serverFingerprint') } } };
      const counts = {
        pkts_toserver: row.sent[0],
        pkts_toclient: row.received[0],
        bytes_toserver: row.sent[3],
        bytes_toclient: row.received[3],
        start: timestamp,
        end: new Date(row.ms + row.durationMs).toISOString().replace('Z', '000+0000'),
      };
      const tcp = { tcp_flags_ts: '1b', tcp_flags_tc: '1b', state: 'closed' };
      return [
        { ...ends, event_type: row.isWeb ? 'http' : 'tls', ...said1 },
        flowEvent({ ...ends, app_proto: row.isWeb ? 'http' : 'tls', tcp }, counts),
      ];
    }),
  );
}

describe('logs of a capture', () => {
  /** What takes the packets of a request, or a look at them, to tell. */
  const OF_PACKETS = new Set(['form 2', 'fakebrowser 3']);
  const withoutPackets = (rows: ReturnType<typeof seen>) =>
    rows.map((row) => ({ ...row, lines: row.lines.filter((line) => !OF_PACKETS.has(line)) }));

  it("Zeek's give the same connections, names, fingerprints and lines", async () => {
    const capture = await read(pcap({ packets }));
    expect(seen(await read(...zeekLogs(rowsOf(capture.flows))))).toEqual(withoutPackets(seen(capture)));
  });

  it("Suricata's do, too, but for JA4S, which it has none of", async () => {
    const capture = await read(pcap({ packets }));
    const expected = withoutPackets(seen(capture)).map(({ traces, ...row }) =>
      Object.assign(row, { traces: traces.filter((trace) => !trace.startsWith('ja4s ')) }),
    );
    expect(seen(await read(eveLog(rowsOf(capture.flows))))).toEqual(expected);
  });

  it('beside the capture add nothing', async () => {
    const capture = await read(pcap({ packets }));
    const both = await read(pcap({ packets }), ...zeekLogs(rowsOf(capture.flows)));
    expect(seen(both)).toEqual(seen(capture));
  });
});
