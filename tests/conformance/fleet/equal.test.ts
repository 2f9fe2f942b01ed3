import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { HostRows } from '../../../src/analysis/hosts/host-rows.ts';
import { rowsInOrder } from '../../../src/analysis/report/rank.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { textsOf } from '../../../src/analysis/memory/text-pool.ts';
import { ORDERS, type Report } from '../../../src/analysis/report/report.ts';
import { DEFAULT_SETTINGS, type ListSettings } from '../../../src/analysis/settings.ts';
import { hostObjects } from '../../../src/export/hosts.ts';
import type { Target } from '../../../src/fleet/engine/open.ts';
import { hunt } from '../../../src/fleet/hunt/hunt.ts';
import { HERE } from '../../../src/fleet/hunt/pool.ts';
import { analysisOf } from '../../../src/fleet/hunt/score-part.ts';
import { load, prepare } from '../../../src/fleet/load/load.ts';
import { huntAnalysis } from '../../../src/fleet/open/saved-hunt.ts';
import { sampleCapture } from '../../builders/sample.ts';
import { openedBytes, savedBytes } from '../../builders/saved.ts';
import { capturesIn } from '../captures.ts';
import { sharedFolder } from '../shared.ts';
import { testEngine } from './engine.ts';

const opened = await testEngine();
const captures = sharedFolder('captures');
const LIST: ListSettings = { ...DEFAULT_SETTINGS, minFlows: 0, notebookMinFlows: 1 };
/** Few, so that most captures have several parts; no host is cut in two. */
const PART_FLOWS = 40;
/** Captures of fewer bytes hold a few conversations, and are much alike: one in so many of them is hunted. */
const LEAST_BYTES = 20_000;
const ONE_IN = 4;

if (opened !== null) await prepare({ engine: opened.engine, database: 'beaconscope', cluster: null }, null);
afterAll(() => opened?.end());

/** What a report says of connections: texts for numbers of texts, lists for columns. Numbers of groups are left out. */
function comparable(whole: Report) {
  const { connections, addresses, names, triage, ...report } = whole;
  const { source, destination, name, group: _, ...columns } = connections;
  const addressTexts = textsOf(addresses);
  const nameTexts = textsOf(names);
  return {
    source: Array.from(source, (index) => addressTexts[index]),
    destination: Array.from(destination, (index) => addressTexts[index]),
    name: Array.from(name, (index) => nameTexts[index]),
    ...listsOf(columns),
    triageSummary: triage,
    orders: Object.fromEntries(ORDERS.map((order) => [order, [...rowsInOrder(connections, order)]])),
    flows: report.flows,
    groups: report.groups,
    largestGroup: report.largestGroup,
    span: [report.firstMs, report.lastMs],
    insideOnly: report.insideOnly,
    hosts: hostsOf(whole),
  };
}

/** What a report says of hosts by their addresses, and their order as far as one comes before another for what it is. */
function hostsOf(report: Report) {
  const rows = new HostRows(report.hosts);
  const objectOf = hostObjects(report);
  const all = Array.from({ length: report.hosts.length }, (_, row) => row);
  return {
    order: all.map((row) => [rows.value('points', row), rows.value('flows', row)]),
    byAddress: Object.fromEntries(all.map((row) => [rows.text('address', row), objectOf(row)])),
  };
}

function listsOf(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => {
      if (ArrayBuffer.isView(part)) return [key, [...(part as Float64Array)]];
      return [key, typeof part === 'object' && part !== null ? listsOf(part) : part];
    }),
  );
}

/** Loads a file, and gives what a hunt over it alone reports. */
async function hunted(source: ByteSource): Promise<Report> {
  return (await huntOver(source)).report;
}

async function huntOver(source: ByteSource) {
  const target: Target = { engine: opened!.engine, database: 'beaconscope', cluster: null };
  const { left } = await load(target, [source], DEFAULT_SETTINGS, () => {});
  expect(left).toEqual([]);
  const question = { list: LIST, fromMs: null, toMs: null, filters: [`file=${source.name}`], sinceLast: false };
  const found = await hunt(target, question, { scorers: HERE, say: () => {}, sizes: { partFlows: PART_FLOWS } });
  return { target, ...found };
}

/** The same flows, analysed in memory without the packets: sessions are told by packets alone. */
async function analysed(source: ByteSource): Promise<Report> {
  const { flows } = await analyze([source], DEFAULT_SETTINGS);
  return analysisOf(flows, null, new Uint8Array(0), LIST).report(LIST);
}

/** A conn.log in which one public network asks another, with or without words on which of them is local. */
function publicLog(name: string, local: readonly (readonly [string, string])[]): ByteSource {
  const fields = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_bytes resp_bytes conn_state';
  const more = local.length > 0 ? ' local_orig local_resp' : '';
  const rows = Array.from({ length: 90 }, (_, row) => {
    const ends = [`198.51.100.${row % 4}`, 40_000, `203.0.113.${row % 9}`, row % 2 === 0 ? 8443 : 443];
    return [1.7e9 + 60 * row, `C${row}`, ...ends, 'tcp', 1, 300, 700, 'SF', ...(local[row % local.length] ?? [])].join(
      '\t',
    );
  });
  const header = ['#separator \\x09', '#path\tconn', `#fields\t${`${fields}${more}`.replaceAll(' ', '\t')}`];
  return bufferSource(Buffer.from(`${[...header, ...rows].join('\n')}\n`), name);
}

/** Zeek's logs as one file of JSON: hosts that ask a proxy for another, again and again. */
function proxyLog(): ByteSource {
  const rows = Array.from({ length: 80 }, (_, row) => {
    const uid = `C${row}`;
    const source = `10.0.0.${5 + (row % 2)}`;
    const ends = { 'id.orig_h': source, 'id.orig_p': 40_000 + row, 'id.resp_h': '10.0.0.9', 'id.resp_p': 3128 };
    const ts = 1.7e9 + 30 * row;
    const counts = { duration: 1, orig_bytes: 300, resp_bytes: 700, orig_ip_bytes: 560, resp_ip_bytes: 980 };
    return [
      { _path: 'conn', ts, uid, ...ends, proto: 'tcp', conn_state: 'SF', ...counts, orig_pkts: 5, resp_pkts: 5 },
      { _path: 'http', ts, uid, ...ends, method: 'CONNECT', host: 'c2.example:443', uri: 'c2.example:443' },
    ];
  });
  return bufferSource(
    Buffer.from(
      rows
        .flat()
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    ),
    'proxy.json',
  );
}

describe.skipIf(opened === null)('hunted as analysed', () => {
  it('what goes through a proxy goes to whom it asks for', async () => {
    const report = await hunted(proxyLog());
    const whole = (await analyze([proxyLog()], DEFAULT_SETTINGS)).report(LIST);
    const ends = ({ addresses, connections: { destination, through } }: Report) =>
      Array.from(destination, (end, row) => [textsOf(addresses)[end], textsOf(addresses)[through[row] - 1]]);
    expect(ends(report)).toEqual(Array.from({ length: 2 }, () => ['c2.example', '10.0.0.9']));
    expect(ends(whole)).toEqual(ends(report));
    const { through: _, ...seen } = comparable(report) as Record<string, unknown>;
    expect(comparable(whole)).toMatchObject(seen);
  });

  it.each([
    { name: 'public.log', local: [] },
    {
      name: 'local.log',
      local: [
        ['F', 'T'],
        ['F', 'T'],
        ['T', 'F'],
      ] as const,
    },
  ])('$name: who is internal is told over all parts', async ({ name, local }) => {
    const source = publicLog(name, local);
    const report = await hunted(source);
    const whole = (await analyze([source], DEFAULT_SETTINGS)).report(LIST);
    expect(report.triage.internalTaken).toEqual(whole.triage.internalTaken);
    expect(comparable(report)).toEqual(comparable(whole));
    expect(whole.triage.internalTaken !== null).toBe(local.length === 0);
  });

  it('a hunt that is saved opens without the engine: all of it, or its first connections with a word', async () => {
    const { target, report, view, connections: scored } = await huntOver(bufferSource(sampleCapture(), 'sample.pcap'));
    const whole = await openedBytes(savedBytes(await huntAnalysis(target, view!, report, { scored, list: LIST })));
    expect(comparable(whole.analysis.report(LIST))).toEqual(comparable(report));
    const mostFlows = Math.floor(report.flows / 2);
    const first = await huntAnalysis(target, view!, report, { scored, list: LIST, mostFlows });
    const part = (await openedBytes(savedBytes(first))).analysis.report(LIST);
    expect(part.connections.length).toBeLessThan(report.connections.length);
    expect(part.flows).toBeLessThanOrEqual(mostFlows);
    const best = rowsInOrder(report.connections, 'triage')[0];
    expect([...part.connections.triage.total]).toContain(report.connections.triage.total[best]);
    expect(first.captures[0].warnings[0].message).toContain(`of ${scored} connections by triage`);
  });

  it('the sample capture: the same connections, scores, points, badges and order', async () => {
    const source = bufferSource(sampleCapture(), 'sample.pcap');
    expect(comparable(await hunted(source))).toEqual(comparable(await analysed(source)));
  });
});

for (const name of ['flows', 'c2']) {
  const folder = captures === null ? '' : path.join(captures, name);
  const files = captures === null ? [] : capturesIn(folder);
  const told = files.filter((file, at) => statSync(path.join(folder, file)).size >= LEAST_BYTES || at % ONE_IN === 0);

  describe.skipIf(captures === null || opened === null)(`hunted as analysed (../shared/captures/${name})`, () => {
    it.each(told)('%s: the same connections, scores, points, badges and order', async (file) => {
      const source = bufferSource(readFileSync(path.join(folder, file)), file);
      expect(comparable(await hunted(source))).toEqual(comparable(await analysed(source)));
    });
  });
}
