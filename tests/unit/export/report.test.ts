import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import type { CaptureSummary } from '../../../src/analysis/capture.ts';
import { NO_REMARK } from '../../../src/analysis/report/case.ts';
import { remarkKey } from '../../../src/analysis/report/case-keys.ts';
import type { Report } from '../../../src/analysis/report/report.ts';
import { connectionCharts } from '../../../src/export/connection-charts.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import type { Application } from '../../../src/analysis/protocols/application-ids.ts';
import { traceLabel } from '../../../src/export/report-software.ts';
import { reportHtml } from '../../../src/export/report.ts';
import { udpExchange } from '../../builders/conversation.ts';
import { dnsQuery } from '../../builders/payloads/dns.ts';
import { pcap } from '../../builders/pcap.ts';
import { RowTexts } from '../../../src/state/row-texts.ts';
import { analyzeLogs } from '../analysis/flow-logs/read-logs.ts';
import { connRow, CONN_FIELDS, SSL_FIELDS, zeekTsv } from '../../builders/logs/zeek.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';

const HOSTILE = '<img src=x onerror=alert(1)>"\'&.example';

async function beacon() {
  const start = 1_591_367_999;
  const rows = Array.from({ length: 40 }, (_, index) =>
    connRow({ ts: start + index * 60, uid: `C${index}`, 'id.orig_p': 40_000 + index }),
  );
  const names = rows.map(({ uid }) => ({ uid, server_name: HOSTILE }));
  const analysis = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows), zeekTsv('ssl', SSL_FIELDS, names));
  const report = analysis.report(DEFAULT_SETTINGS);
  return { report, detail: analysis.detail(report.connections.group[0]) };
}

async function html(captures: CaptureSummary[] = []): Promise<string> {
  const { report, detail } = await beacon();
  report.captures.push(...captures);
  const digests = new Map([['file 0', 'ab'.repeat(32)]]);
  return [
    ...reportHtml({ report, rows: [0], chosen: [{ row: 0, detail }], digests, version: '9.9.9', madeMs: 0 }),
  ].join('');
}

describe('reportHtml', () => {
  it('has a policy before anything that one could bind, which lets nothing be fetched, sent or run', async () => {
    const [head] = (await html()).split('<style>');
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(head)?.[1].split('; ');
    expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "base-uri 'none'", "form-action 'none'"]));
    expect(head).toContain('<meta http-equiv="x-dns-prefetch-control" content="off">');
    expect(policy?.join()).not.toMatch(/script-src|connect-src|https?:|\*/);
  });

  it('says what was read, under which settings, and of each chosen connection its sentence and scores', async () => {
    const text = await html();
    expect(text).toContain('ab'.repeat(32));
    expect(text).toContain('Beaconscope 9.9.9');
    expect(text).toContain('1970-01-01 00:00:00 UTC');
    expect(text).toContain('Zeek conn.log');
    expect(text).toContain('link-layer bytes');
    expect(text).toMatch(/<p class="sentence">Checks in every 60 s ± 0 %, 40 of 40 check-ins present\.<\/p>/);
    expect(text).toContain('31.3.245.133)</td>');
    expect(text).toMatch(/<td>\+3<\/td><td>steady rhythm<\/td>/);
    expect(text).toContain('<dt>Internal are</dt><dd>10.0.0.0/8, ');
    expect(text.match(/<svg /g)).toHaveLength(3);
    expect(text).toContain('tcp.dstport == 443');
  });

  it('gives what is to be read as indicators, defanged and as STIX, with techniques, certificates and software', async () => {
    const { report, detail } = await beacon();
    const said = new Map([
      [remarkKey(report, new RowTexts(report), 0), { ...NO_REMARK, verdict: 'malicious' as const }],
    ]);
    const content = { report, rows: [0], chosen: [{ row: 0, detail }], digests: new Map<string, string>(), madeMs: 0 };
    const text = [...reportHtml({ ...content, version: '1', remarks: said })].join('');
    expect([...reportHtml({ ...content, version: '1' })].join('')).not.toContain('<h2>Indicators</h2>');
    expect(text).not.toContain('<h2>Hosts</h2>');
    expect(text).toContain('<h2>Indicators</h2>');
    expect(text).toMatch(
      /<pre>[^<]*31\[\.\]3\[\.\]245\[\.\]133[^<]*T1071\.001 Application Layer Protocol: Web Protocols/,
    );
    const [, stix] = /STIX 2\.1<\/summary><pre>([^]*?)<\/pre>/.exec(text) ?? ['', ''];
    expect(stix).toContain('&quot;type&quot;:&quot;bundle&quot;');
    expect(text).toMatch(/<dt>ATT&amp;CK<\/dt><dd>T1071\.001 /);
    expect(text).toMatch(/<td>TLS<\/td><td>its (?:content|port)<\/td><td>40<\/td>/);
  });

  it('calls no name server by what it was asked for', async () => {
    const packets = Array.from({ length: 6 }, (_, at) =>
      udpExchange({
        client: { address: '10.0.0.5', port: 5000 + at },
        server: { address: '10.0.0.1', port: 53 },
        start: 1_700_000_000 + 60 * at,
        messages: [{ from: 'client', bytes: dnsQuery(at, 'c2.example') }],
      }),
    ).flat();
    const analysis = await analyze([bufferSource(pcap({ packets }), 'dns.pcap')], DEFAULT_SETTINGS);
    const report = analysis.report(DEFAULT_SETTINGS);
    const text = [...reportHtml({ report, rows: [0], chosen: [], digests: new Map(), version: '1', madeMs: 0 })].join(
      '',
    );
    expect(text).toContain('<td class="end">10.0.0.1 (asked for c2.example)</td>');
  });

  it('names fingerprints by what the connection speaks', () => {
    const spoken = (...names: Application[]) => names.map((name) => ({ name, guessed: false, flows: 1 }));
    expect(traceLabel('clientFingerprint', spoken('TLS'))).toBe('Client (JA3)');
    expect(traceLabel('serverFingerprint', spoken('TLS', 'QUIC'))).toBe('Server (JA3S)');
    expect(traceLabel('clientFingerprint', spoken('SSH'))).toBe('Client (HASSH)');
    expect(traceLabel('serverFingerprint', spoken('SSH'))).toBe('Server (HASSH)');
    expect(traceLabel('clientFingerprint', spoken('DHCP'))).toBe('Client (DHCP options)');
    expect(traceLabel('clientFingerprint', spoken('SSH', 'TLS'))).toBe('Client (JA3, HASSH, DHCP options)');
    expect(traceLabel('clientFingerprint', [])).toBe('Client (JA3, HASSH, DHCP options)');
    expect(traceLabel('ja4', spoken('TLS'))).toBe('Client (JA4)');
  });

  it('says which part of the time it is about', async () => {
    const { report } = await beacon();
    const content = { rows: [], chosen: [], digests: new Map<string, string>(), version: '', madeMs: 0 };
    const about = (range: Report['range']) => [...reportHtml({ report: { ...report, range }, ...content })].join('');
    expect(about(null)).not.toContain('Only flows that began');
    expect(about({ fromMs: 60_000, toMs: Number.POSITIVE_INFINITY })).toContain(
      '<dd>from 1970-01-01 00:01:00 UTC</dd>',
    );
    expect(about({ fromMs: 0, toMs: 60_000 })).toContain('from 1970-01-01 00:00:00 UTC to 1970-01-01 00:01:00 UTC');
  });

  it('has no script, no address to fetch, and a policy that forbids both', async () => {
    const text = await html();
    expect(text).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
    const tags = (text.match(/<[^>]*>/g) ?? []).join('\n').replace(/<meta http-equiv.*/, '');
    expect(tags).not.toMatch(/<(?:script|link|iframe|img|object|form)|javascript:|\son\w+=|(?:src|href)=/i);
    expect(text).not.toContain('url(');
    // What is to be copied is text.
    const plain = text.replaceAll(/<pre>[^]*?<\/pre>/g, '');
    expect(plain.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  it('shows hostile names and files as text', async () => {
    const file = `<b>\u202e"trace".pcap`;
    const capture: CaptureSummary = {
      file,
      format: null,
      compression: null,
      packets: 0,
      bytes: 0,
      comments: 0,
      firstMs: null,
      lastMs: null,
      warnings: [{ kind: 'x', offset: 7, message: '</li><script>alert(1)</script>' }],
    };
    const text = await html([capture]);
    expect(text).toContain('&lt;b&gt;\\u202e&quot;trace&quot;.pcap');
    expect(text).toContain('&lt;/li&gt;&lt;script&gt;alert(1)&lt;/script&gt; (byte 7)');
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;.example');
    expect(text).not.toContain('<b>');
  });

  it('closes every element it opens', async () => {
    const text = await html();
    const open: string[] = [];
    const empty = new Set(['meta', 'rect', 'line']);
    for (const [, slash, name] of text.matchAll(/<(\/?)([a-z]+\d?)(?:\s[^>]*)?>/g)) {
      if (empty.has(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

describe('connectionCharts', () => {
  it('are whole SVG files, with as many bars and marks as there are values apart', async () => {
    const { detail } = await beacon();
    const charts = connectionCharts(detail);
    expect(charts.map(({ name }) => name)).toEqual(['deltas', 'times', 'sizes']);
    for (const { svg } of charts) expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>$/);
    const marks = (svg: string): number => svg.match(/fill="#33607d"/g)?.length ?? 0;
    expect(charts.map(({ svg }) => marks(svg))).toEqual([1, 40, 1]);
  });

  it('of a connection that was seen once have no times between flows', async () => {
    const analysis = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, [connRow()]));
    expect(connectionCharts(analysis.detail(0)).map(({ name }) => name)).toEqual(['times', 'sizes']);
  });
});
