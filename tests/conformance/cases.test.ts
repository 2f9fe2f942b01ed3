import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import { rowFactsOf } from '../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/analysis/settings.ts';
import { decompressed } from '../../src/decompress/decompressed.ts';
import { sharedFolder } from './shared.ts';

const folder = sharedFolder('captures/cases');
const at = (name: string): string => path.join(folder ?? '', name);

/** What is seen of some files: the first row with the ids of its lines, and what is said of the files. */
async function seen(names: readonly string[], changes: Partial<Settings> = {}) {
  const settings = { ...DEFAULT_SETTINGS, ...changes };
  const sources = names.map((name) => decompressed(bufferSource(new Uint8Array(readFileSync(at(name))), name)));
  const analysis = await analyze(sources, settings);
  const report = analysis.report({ ...settings, minFlows: 0 });
  const { connections } = report;
  const addresses = textsOf(report.addresses);
  const lines = connections.length === 0 ? [] : rowFactsOf(report).lines(0);
  return {
    flows: analysis.flows.length,
    rows: Array.from(
      { length: connections.length },
      (_, row) =>
        `${addresses[connections.source[row]]} ${addresses[connections.destination[row]]} ${connections.destinationPort[row]}`,
    ),
    counts: [connections.flows[0], connections.bytesSent[0], connections.bytesReceived[0]],
    through: connections.through[0] > 0 ? `${addresses[connections.through[0] - 1]}:${connections.throughPort[0]}` : '',
    intervalS: Number(connections.joined.intervalS[0]?.toFixed(1)),
    ids: lines.map(({ id }) => id),
    phrases: lines.map(({ phrase }) => phrase).join('; '),
    lacks: analysis.captures.flatMap(({ lacks }) => lacks ?? []).join('; '),
    warnings: analysis.captures.flatMap(({ warnings }) => warnings.map(({ message }) => message)).join('; '),
    unread: analysis.captures.filter(({ format }) => format === null).map(({ file }) => file),
    internalTaken: report.triage.internalTaken?.text ?? '',
    longestMs: Math.max(0, ...analysis.flows.durationMs),
    long: Array.from(report.long.durationMs),
  };
}

describe.skipIf(folder === null)('small inputs that were read wrong once (../shared/captures/cases)', () => {
  const ROW = '10.1.1.5 203.0.113.9 8443';
  /** The check-in of plain.pcap, as every capture of it has it. */
  const PLAIN = { flows: 30, rows: [ROW], intervalS: 60.5 };

  it('plain.pcap is the reference', async () => {
    expect(await seen(['plain.pcap'])).toMatchObject({
      ...PLAIN,
      counts: [30, 30 * 507, 30 * 516],
      warnings: '',
      longestMs: expect.toSatisfy((ms: number) => ms < 100),
    });
  });

  it.each(['pbb-8021ah.pcap', 'vntag.pcap', 'pktap-149.pcap'])('%s is decoded', async (name) => {
    expect(await seen([name])).toMatchObject({ ...PLAIN, warnings: '' });
  });

  it('vlan-one-way.pcap: halves in another VLAN are one connection', async () => {
    const { ids, warnings, ...found } = await seen(['vlan-one-way.pcap']);
    expect(found).toMatchObject({ ...PLAIN, counts: [30, 30 * 507, 30 * 532] });
    expect(ids).not.toContain('dead');
    expect(warnings).toMatch(/what begins them is untagged, what comes back is in VLAN 100/);
  });

  it('a tap of one direction shows no silence, and two are one capture', async () => {
    const { ids, ...half } = await seen(['tap-client-half.pcap']);
    expect(half).toMatchObject(PLAIN);
    for (const id of ['dead', 'upload', 'open']) expect(ids).not.toContain(id);
    const both = await seen(['tap-client-half.pcap', 'tap-server-half.pcap']);
    expect(both).toEqual(await seen(['plain.pcap']));
    expect(await seen(['tap-server-half.pcap', 'tap-client-half.pcap'])).toEqual(both);
  });

  it('tso-len0.pcap: offloaded packets count, and are said', async () => {
    const found = await seen(['tso-len0.pcap']);
    expect(found).toMatchObject({ ...PLAIN, counts: [30, 15_210, 30 * 516] });
    expect(found.warnings).toMatch(/^30 packets whose IP length is 0/);
    expect((await seen(['tso-len0.pcap'], { nfstream: true })).counts[1]).toBeLessThan(15_210);
  });

  it('one bad stamp spoils nothing', async () => {
    const found = await seen(['stray-time-zero.pcap']);
    expect(found).toMatchObject({ ...PLAIN, counts: [30, 30 * 507, 30 * 516], long: [] });
    expect(found.longestMs).toBeLessThan(100);
    expect(found.warnings).toMatch(/frame 101, stamped 1970-01-01/);
  });

  it('ns-in-us-file.pcap: fractions of a second and more are nanoseconds', async () => {
    const found = await seen(['ns-in-us-file.pcap']);
    expect(found).toMatchObject(PLAIN);
    expect(found.warnings).toMatch(/read as nanoseconds/);
  });

  it('gz-payload-damaged-crc.pcap.gz: the checksum is read, and so is the data', async () => {
    const found = await seen(['gz-payload-damaged-crc.pcap.gz']);
    expect(found).toMatchObject({ flows: 30, rows: ['10.1.1.5 203.0.113.77 8443'] });
    expect(found.warnings).toMatch(/CRC-32\) does not match/);
  });

  it.each([
    ['gre-plain.pcap', /GRE in 300 packets/],
    ['vxlan-4789.pcap', /VXLAN in 300 packets/],
  ])('%s: closed tunnels are counted, and open on demand', async (name, said) => {
    const { flows, warnings } = await seen([name]);
    expect(flows).toBe(1);
    expect(warnings).toMatch(said);
    expect(await seen([name], { openTunnels: true })).toMatchObject(PLAIN);
  });

  it('c2-through-inside-proxy.pcap: the destination is the name asked for', async () => {
    const { ids, ...found } = await seen(['c2-through-inside-proxy.pcap']);
    expect(found).toMatchObject({
      flows: 40,
      rows: ['10.1.1.5 updates.qzvx-metrics.example 443'],
      through: '10.1.0.8:3128',
    });
    for (const id of ['inside', 'nothingelse', 'oddport', 'notown']) expect(ids).not.toContain(id);
  });

  it('public-server-scanned.pcap: no protocol is unknown where nothing was said', async () => {
    const { phrases, internalTaken } = await seen(['public-server-scanned.pcap']);
    expect(phrases).not.toMatch(/unknown protocol/);
    expect(internalTaken).not.toBe('');
  });

  it.each(['zeek-plain.log', 'zeek-array.json', 'zeek-array-lines.json', 'zeek-bom.log', 'zeek-dup.log'])(
    '%s: a conn.log alone says nothing of names',
    async (name) => {
      const { ids, lacks, ...found } = await seen([name]);
      expect(found).toMatchObject({ flows: 30, rows: [ROW], intervalS: 60.5 });
      for (const id of ['nosni', 'noname', 'unlooked', 'notown']) expect(ids).not.toContain(id);
      expect(lacks).toMatch(/names/);
    },
  );

  it('zeek-dup.log and zeek-open_conn.json: rows of one uid are one flow, and that is said', async () => {
    expect((await seen(['zeek-dup.log'])).warnings).toMatch(/^30 of its rows are connections that it has rows of/);
    const open = await seen(['zeek-open_conn.json']);
    expect(open).toMatchObject({ flows: 1, longestMs: 24 * 3_600_000 });
    expect(open.warnings).toMatch(/^23 of its rows/);
  });

  it('zeek-iso-nozone.json: times without a zone are UTC, and that is said', async () => {
    const { warnings, ...found } = await seen(['zeek-iso-nozone.json']);
    expect(found).toMatchObject({ flows: 30, rows: [ROW], intervalS: 60.5 });
    expect(warnings).toBe('30 times have no zone: they were read as UTC');
  });

  it("zeek-long.log: a log's durations are long sessions", async () => {
    expect((await seen(['zeek-long.log'])).long).toEqual([21_600_500]);
  });

  it('zeek-ja3-ssl.log: fingerprints of logs meet the watch list', async () => {
    const watch = readFileSync(at('watch-ja3.txt'), 'utf8');
    const { ids } = await seen(['zeek-plain.log', 'zeek-ja3-ssl.log'], { watch });
    expect(ids).toContain('watch');
  });

  it.each(['eve-array.json', 'eve-crlf-bom.json', 'eve-netflow-only.json'])(
    '%s: every flow counts once',
    async (name) => {
      expect(await seen([name])).toMatchObject({ flows: 30, rows: [ROW], intervalS: 60.5 });
    },
  );

  it('eve-names-only.json: what eve-log lacks is said', async () => {
    const { flows, warnings } = await seen(['eve-names-only.json']);
    expect(flows).toBe(0);
    expect(warnings).toMatch(/eve-log has to have "flow"/);
  });

  it.each(['nf-nan.csv', 'nf-newline-in-cell.csv', 'nf-semicolon.csv', 'nf-no-names.csv'])(
    '%s is read',
    async (name) => {
      const { ids, ...found } = await seen([name]);
      expect(found).toMatchObject(PLAIN);
      if (name === 'nf-no-names.csv') expect(ids).not.toContain('nosni');
      else expect(ids).toContain('nosni');
    },
  );

  it('zz-summary.log beside plain.pcap: what cannot be read is named, and the rest is analysed', async () => {
    const found = await seen(['zz-summary.log', 'plain.pcap']);
    expect(found).toMatchObject({ ...PLAIN, unread: ['zz-summary.log'] });
  });
});
