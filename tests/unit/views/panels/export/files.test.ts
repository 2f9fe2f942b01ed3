import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../../../src/analysis/report/analysis.ts';
import type { Report } from '../../../../../src/analysis/report/report.ts';
import { DEFAULT_SETTINGS } from '../../../../../src/analysis/settings.ts';
import type { ExportSource } from '../../../../../src/state/export-source.ts';
import { DEFAULT_VIEW, type View } from '../../../../../src/state/view.ts';
import { EXPORT_CHOICES } from '../../../../../src/views/panels/export/files.ts';
import { CONN_FIELDS, connRow, zeekTsv } from '../../../../builders/logs/zeek.ts';
import { captureOfLists } from '../../../../builders/sessions/lists.ts';
import { analyzeLogs } from '../../../analysis/flow-logs/read-logs.ts';

interface Analyzed {
  analysis: Analysis;
  report: Report;
}

async function analyzed(content: string | Uint8Array): Promise<Analyzed> {
  const analysis = await analyzeLogs(content);
  return { analysis, report: analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 }) };
}

const offered = (report: Report, view: View = DEFAULT_VIEW): string[] => {
  return EXPORT_CHOICES.filter((choice) => choice.offered?.(report, view, new Map()) ?? true).map(({ label }) => label);
};

/** The file that a choice makes, as text; connections' details come from the analysis as from the worker. */
async function made(
  label: string,
  { analysis, report }: Analyzed,
  view: View = DEFAULT_VIEW,
): Promise<{ name: string; text: string }> {
  const source = {
    detail: async (group: number) => ({ ok: true, value: analysis.detail(group) }),
    digests: async () => ({ ok: true, value: new Map() }),
  } as unknown as ExportSource;
  const choice = EXPORT_CHOICES.find((each) => each.label === label);
  const file = await choice?.make({ report, view, source, remarks: new Map(), onRead: () => {} });
  return { name: file?.name ?? '', text: (await file?.blob.text()) ?? '' };
}

describe('files to save', () => {
  it('are offered where there is something in them', async () => {
    const { report } = await analyzed(captureOfLists());
    const always = [
      'Analysis (.beaconscope)',
      'Baseline',
      'Report (HTML)',
      'Connections (CSV)',
      'Connections (JSON)',
      'Flows (CSV)',
      'Flows (Parquet)',
      'Hosts (CSV)',
    ];
    const indicators = ['Indicators (STIX 2.1)', 'Indicators (text)'];
    const [analysis, ...others] = always;
    const whole = [analysis, 'Analysis with packets (.beaconscope)', ...others];
    expect(offered(report)).toEqual([...whole, 'Long connections (CSV)', 'DNS (CSV)', ...indicators]);
    expect(offered(report, { ...DEFAULT_VIEW, selected: 0 })).toContain('Packets (pcapng)');
    const log = await analyzed(zeekTsv('conn', CONN_FIELDS, [connRow()]));
    expect(offered(log.report, { ...DEFAULT_VIEW, selected: 0 })).toEqual(always);
  });

  it('of long connections and of DNS hold a line for each', async () => {
    const lists = await analyzed(captureOfLists());
    const long = await made('Long connections (CSV)', lists);
    expect(long.name).toMatch(/^beaconscope-long-\d{8}-\d{6}\.csv$/);
    const [header, first] = cellsOf(long.text);
    expect(cellsOf(long.text)).toHaveLength(1 + lists.report.long.length);
    expect([first[header.indexOf('dst_ip')], first[header.indexOf('dst_port')]]).toEqual(['198.51.100.9', '22']);
    expect(Number(first[header.indexOf('duration_s')])).toBeGreaterThan(4 * 3600);
    const dns = await made('DNS (CSV)', lists);
    expect(dns.name).toMatch(/^beaconscope-dns-/);
    expect(cellsOf(dns.text)).toHaveLength(1 + lists.report.dns.length);
    expect(cellsOf(dns.text)[1][1]).toBe('example.org');
  });

  it('of connections hold the rows that are shown', async () => {
    const lists = await analyzed(captureOfLists());
    const all = await made('Connections (CSV)', lists);
    expect(all.text.trimEnd().split('\n')).toHaveLength(1 + lists.report.connections.length);
    const one = await made('Connections (CSV)', lists, { ...DEFAULT_VIEW, filter: '198.51.100.9' });
    expect(one.text.trimEnd().split('\n')).toHaveLength(2);
    const json = await made('Connections (JSON)', lists, { ...DEFAULT_VIEW, filter: '198.51.100.9' });
    expect(JSON.parse(json.text)).toMatchObject({ connections: [{ dst_ip: '198.51.100.9', dst_port: 22 }] });
  });
});

/** Cells of lines without quotes before the columns that are looked at. */
function cellsOf(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
}
