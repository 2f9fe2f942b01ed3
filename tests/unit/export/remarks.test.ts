import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Case, Remark } from '../../../src/analysis/report/case.ts';
import { dnsKeys, hostKey } from '../../../src/analysis/report/case-keys.ts';
import { indicatorText as listEntry } from '../../../src/analysis/lists/indicator.ts';
import { readList } from '../../../src/analysis/lists/read-list.ts';
import { connectionsCsv } from '../../../src/export/csv.ts';
import { hasIndicators, indicatorsOf, indicatorText } from '../../../src/export/indicators.ts';
import { hostList } from '../../../src/export/hosts.ts';
import { jsonText } from '../../../src/export/json.ts';
import { dnsList, listCsv } from '../../../src/export/lists.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { reportHtml } from '../../../src/export/report.ts';
import { stixBundle } from '../../../src/export/stix.ts';
import { captureOfLists, LISTS_CLIENT } from '../../builders/sessions/lists.ts';
import { analyzeLogs } from '../analysis/flow-logs/read-logs.ts';
import { reportOf } from './report-of.ts';

const report = reportOf(
  [
    { port: 443, protocol: 6, name: 'c2.example', nameSource: 'tls' },
    { port: 80, protocol: 6 },
  ],
  0,
);
const rows = Uint32Array.of(1, 0);
const SAID: Remark = { verdict: 'malicious', note: '=asked\nthe <b>owner</b>', tags: ['c2', 'loader'] };
const remarks: Case = new Map([['10.0.0.1 > c2.example:443/6', SAID]]);

describe('what was said of connections', () => {
  it('is the last columns of a CSV, guarded, and no columns where nothing was said', () => {
    const { data, meta } = Papa.parse<Record<string, string>>([...connectionsCsv(report, rows, remarks)].join(''), {
      header: true,
      skipEmptyLines: true,
    });
    expect(meta.fields?.slice(-3)).toEqual(['verdict', 'note', 'tags']);
    expect(data.map(({ verdict, tags }) => [verdict, tags])).toEqual([
      ['malicious', 'c2, loader'],
      ['', ''],
    ]);
    expect(data[0].note).toMatch(/^[^=]=asked\nthe <b>owner/);
    expect([...connectionsCsv(report, rows)].join('')).not.toContain('verdict');
  });

  it('is with its connection in JSON', () => {
    const read = (text: Generator<string>) => JSON.parse([...text].join('')) as { connections: { remark?: unknown }[] };
    expect(read(jsonText(report, rows, {}, remarks)).connections.map(({ remark }) => remark)).toEqual([SAID, null]);
    expect(read(jsonText(report, rows)).connections[0]).not.toHaveProperty('remark');
  });

  it('is a column of the report, escaped', () => {
    const content = { report, rows, chosen: [], digests: new Map<string, string>(), version: '1', madeMs: 0 };
    const text = [...reportHtml({ ...content, remarks })].join('');
    expect(text).toContain('<th>Verdict, tags and note</th>');
    expect(text).toMatch(/malicious; c2, loader; =asked the &lt;b&gt;owner/);
    expect([...reportHtml(content)].join('')).not.toContain('Verdict');
  });

  it('makes indicators of what is malicious, and none of what is benign', () => {
    expect(indicatorsOf(report, { connections: rows, dns: [] })).toEqual({ connections: [], domains: [] });
    expect(hasIndicators(report, new Map())).toBe(false);
    expect(hasIndicators(report, remarks)).toBe(true);
    const found = indicatorsOf(report, { connections: rows, dns: [] }, remarks);
    expect(found.connections.map(({ name }) => name)).toEqual(['c2.example']);
    expect([...indicatorText(found)].join('')).toContain('malicious; c2, loader; =asked the <b>owner</b>\n');
    const { objects } = JSON.parse([...stixBundle(found, 0)].join('')) as { objects: Record<string, unknown>[] };
    expect(objects[0]).toMatchObject({ indicator_types: ['malicious-activity'], labels: ['c2', 'loader'] });
    expect(objects[0].description).toContain('asked the');
    const listed = reportOf([{ port: 80, protocol: 6 }], 0);
    listed.connections.triage.badge.fill(1);
    const benign: Case = new Map([['10.0.0.1 > 10.0.0.2:80/6', { ...SAID, verdict: 'benign' }]]);
    const first = { connections: Uint32Array.of(0), dns: [] };
    expect(indicatorsOf(listed, first).connections).toHaveLength(1);
    expect(indicatorsOf(listed, first, benign).connections).toEqual([]);
  });
});

describe('what was said of hosts and domains', () => {
  it('is in their lists as CSV and JSON, and in the report, and makes no indicator', async () => {
    const whole = (await analyzeLogs(captureOfLists())).report(DEFAULT_SETTINGS);
    const benign: Remark = { verdict: 'benign', note: 'our <i>tunnel</i>', tags: [] };
    const said: Case = new Map([
      [hostKey(LISTS_CLIENT), SAID],
      [dnsKeys(whole)(0), benign],
    ]);
    const read = (text: Generator<string>) => {
      const { data } = Papa.parse<Record<string, string>>([...text].join(''), { header: true, skipEmptyLines: true });
      return data.filter(({ verdict }) => verdict !== '');
    };
    const [host] = read(listCsv(hostList(whole, said)));
    expect(host).toMatchObject({ address: LISTS_CLIENT, verdict: 'malicious', tags: 'c2, loader' });
    expect(read(listCsv(dnsList(whole, said)))).toMatchObject([
      { src_ip: LISTS_CLIENT, domain: 'example.org', verdict: 'benign', note: 'our <i>tunnel</i>' },
    ]);
    expect([...listCsv(hostList(whole)), ...listCsv(dnsList(whole))].join('')).not.toContain('verdict');
    const json = JSON.parse([...jsonText(whole, 'rhythm', {}, said)].join('')) as Record<
      'hosts' | 'dns',
      { remark?: Remark; verdict?: string }[]
    >;
    expect(json.hosts.flatMap(({ remark }) => remark ?? [])).toEqual([SAID]);
    expect(json.dns.map(({ verdict }) => verdict)).toContain('benign');
    const content = {
      report: whole,
      rows: [],
      chosen: [],
      digests: new Map<string, string>(),
      version: '1',
      madeMs: 0,
    };
    const html = [...reportHtml({ ...content, remarks: said })].join('');
    expect(html).toContain('our &lt;i&gt;tunnel&lt;/i&gt;');
    expect(html).toContain('asked the &lt;b&gt;owner');
    expect([...reportHtml(content)].join('')).not.toContain('<h2>DNS</h2>');
    const few = reportOf([{ port: 80, protocol: 6 }], 0);
    expect(hasIndicators(few, said)).toBe(false);
  });

  it('makes an indicator of a domain that is malicious, for it and all names below', async () => {
    const whole = (await analyzeLogs(captureOfLists())).report(DEFAULT_SETTINGS);
    const said: Case = new Map([[dnsKeys(whole)(0), SAID]]);
    expect(hasIndicators(whole, said)).toBe(true);
    const found = indicatorsOf(whole, { connections: new Uint32Array(0), dns: [0] }, said);
    expect(found.domains).toMatchObject([{ client: LISTS_CLIENT, domain: 'example.org', remark: SAID }]);
    const text = [...indicatorText(found)].join('');
    expect(text).toMatch(/^example\[\.\]org, asked for in DNS by 10\.0\.0\.104, \d+ questions\n {2}like a tunnel: /);
    expect(text).toContain('malicious; c2, loader');
    const bundle = [...stixBundle(found, 0)].join('');
    const { objects } = JSON.parse(bundle) as { objects: Record<string, unknown>[] };
    expect(objects.map(({ type }) => type)).toEqual([
      'indicator',
      'attack-pattern',
      'relationship',
      'ipv4-addr',
      'domain-name',
      'observed-data',
      'sighting',
    ]);
    expect(objects[0]).toMatchObject({
      name: 'example.org in DNS',
      indicator_types: ['malicious-activity'],
      pattern: "[domain-name:value = 'example.org' OR domain-name:value LIKE '%.example.org']",
    });
    expect(readList(bundle).entries.map(({ indicator }) => listEntry(indicator))).toEqual(['*.example.org']);
    const content = {
      report: whole,
      rows: [],
      chosen: [],
      digests: new Map<string, string>(),
      version: '1',
      madeMs: 0,
    };
    expect([...reportHtml({ ...content, remarks: said })].join('')).toContain('example[.]org, asked for in DNS');
    expect(indicatorsOf(whole, { connections: new Uint32Array(0), dns: [0] }).domains).toEqual([]);
  });
});
