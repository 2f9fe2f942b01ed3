import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/analysis/report/report.ts';
import { NOTEBOOK_COLUMNS } from '../../../src/analysis/scores/notebook.ts';
import { guarded } from '../../../src/analysis/flow-logs/formula-guard.ts';
import { connectionsCsv, csv, flowsCsv } from '../../../src/export/csv.ts';
import type { FlowRow } from '../analysis/connections/flow-columns.ts';
import { flowColumns, tablesOf } from '../analysis/connections/flow-columns.ts';
import { reportOf } from './report-of.ts';

const flowsText = (rows: FlowRow[]): string => [...flowsCsv(flowColumns(rows))].join('');
const connectionsText = (report: Report): string => [...connectionsCsv(report, 'notebook')].join('');
const parse = (text: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(text.trimEnd(), { header: true }).data;

const FLOW_HEADER =
  'id,expiration_id,src_ip,src_port,dst_ip,dst_port,protocol,ip_version,vlan_id,tunnel_id,' +
  'bidirectional_first_seen_ms,bidirectional_last_seen_ms,src2dst_packets,src2dst_bytes,dst2src_packets,' +
  'dst2src_bytes,application_name,requested_server_name,client_fingerprint,server_fingerprint,user_agent,content_type,' +
  'application_guessed,requested_server_name_source,resolved_name,resolved_name_source,ja4,ja4s,' +
  'certificate_subject,certificate_issuer,certificate_alternative_name,' +
  'src2dst_payload_bytes,dst2src_payload_bytes,src2dst_ip_bytes,dst2src_ip_bytes,begin,first_piece_id,failed,' +
  'observed,signs,request\n';

describe('flowsCsv', () => {
  it("writes NFStream's columns, one line a flow", () => {
    expect(
      flowsText([
        {
          source: '192.168.1.84',
          sourcePort: 52_973,
          destination: '192.12.192.103',
          port: 1194,
          expirationId: 1,
          firstMs: 1_581_153_175_528,
          lastMs: 1_581_153_184_491,
          packetsSent: 25,
          bytesSent: 5636,
          packetsReceived: 21,
          bytesReceived: 5937,
          name: 'vpn.example',
          nameSource: 'tls',
          application: 'TLS',
          applicationGuessed: 1,
          resolvedName: 'www.vpn.example',
          clientFingerprint: 'ja3',
          ja4s: 'ja4s',
          certificate: 'vpn.example\nAn Authority\n',
        },
        { source: 'fe80::1', destination: 'ff02::fb', port: 0, protocol: 58 },
      ]),
    ).toBe(
      `${FLOW_HEADER}0,1,192.168.1.84,52973,192.12.192.103,1194,6,4,0,0,1581153175528,1581153184491,25,5636,21,5937,TLS,vpn.example,` +
        'ja3,,,,1,tls,www.vpn.example,from dns,,ja4s,vpn.example,An Authority,,0,0,5636,5937,0,0,0,1023,0,\n' +
        '1,0,fe80::1,40000,ff02::fb,0,58,6,0,0,0,0,1,60,0,0,Unknown,,,,,,0,,,,,,,,,0,0,60,0,0,1,0,1023,0,\n',
    );
  });

  it("has NFStream's last 79 bytes of a long name", () => {
    const name = `${'a'.repeat(100)}.example`;
    expect(parse(flowsText([{ name, nameSource: 'tls' }]))[0]?.requested_server_name).toBe(name.slice(-79));
  });

  it('quotes what RFC 4180 wants quoted', () => {
    const text = flowsText([{ name: 'quote"and,comma.example', nameSource: 'http' }]);
    expect(text).toContain(',"quote""and,comma.example",');
    expect(parse(text)[0]?.requested_server_name).toBe('quote"and,comma.example');
  });

  it.each(['=cmd|calc!a1', '+1', '-1.example', '@sum(a1)', "'=1"])(
    'gives a spreadsheet no formula in the name %s',
    (name) => {
      expect(parse(flowsText([{ name }]))[0]?.requested_server_name).toBe(`'${name}`);
    },
  );

  it('has only the header without flows', () => {
    expect(flowsText([])).toBe(FLOW_HEADER);
  });

  it('comes in batches that make one text without gaps', () => {
    const flows = flowColumns(Array.from({ length: 10_000 }, () => ({})));
    const batches = [...flowsCsv(flows)];
    expect(batches.length).toBeGreaterThan(2);
    expect(parse(batches.join('')).map((row) => row.id)).toEqual(Array.from({ length: 10_000 }, (_, id) => String(id)));
  });
});

describe('connectionsCsv', () => {
  const steady = Array.from({ length: 12 }, (_, index) => ({ port: 443, firstMs: index * 60_000, name: 'b.example' }));
  const uneven = [0, 7_300, 9_100, 400_000].map((firstMs, index) => ({
    port: 80,
    firstMs,
    bytesSent: 100 + index * 33,
  }));

  it("writes the notebook's columns, highest score first", () => {
    const rows = parse(connectionsText(reportOf([...uneven, ...steady, { port: 1 }], 1)));
    expect(Object.keys(rows[0] ?? {}).slice(0, 5 + NOTEBOOK_COLUMNS.length)).toEqual([
      'src_ip',
      'dst_ip',
      'dst_port',
      'requested_server_name',
      'ConnectionCount',
      ...NOTEBOOK_COLUMNS,
    ]);
    expect(rows.map((row) => [row.dst_port, row.requested_server_name, row.ConnectionCount])).toEqual([
      ['443', 'b.example', '12'],
      ['80', '', '4'],
    ]);
  });

  it('keeps a name that was resolved apart from one that flows carry', () => {
    const flowsWith = (row: FlowRow): FlowRow[] => [
      { resolvedName: 'asked.example' },
      { resolvedName: 'asked.example', ...row },
    ];
    expect(parse(connectionsText(reportOf(flowsWith({}), 1)))[0]).toMatchObject({
      requested_server_name: '',
      resolved_name: 'asked.example',
    });
    const carried = flowsWith({ resolvedName: '', name: 'said.example', nameSource: 'tls' }).slice(1);
    expect(parse(connectionsText(reportOf(carried, 0)))[0]).toMatchObject({
      requested_server_name: 'said.example',
      resolved_name: '',
    });
  });

  it('writes numbers that read back as the same doubles, negative ones as numbers', () => {
    const { notebook } = tablesOf(uneven).connections;
    const [row] = parse(connectionsText(reportOf(uneven, 1)));
    for (const column of NOTEBOOK_COLUMNS) expect(Number(row?.[column])).toBe(notebook[column][0]);
    const long = [0, 1_000, 9_000, 18_000].map((firstMs) => ({ firstMs }));
    expect(Number(parse(connectionsText(reportOf(long, 1)))[0]?.tsBowleyNum)).toBeLessThan(0);
  });

  it('writes the other scores beside, with their parts and a sentence', () => {
    const report = reportOf(steady, 0);
    const [row] = parse(connectionsText(report));
    const { corrected, rita, rhythm } = report.connections;
    expect(row).toMatchObject({
      protocol: '6',
      other_protocols: '0',
      other_dst_ips: '0',
      other_dst_ports: '0',
      failed_flows: '0',
      resumed_flows: '0',
      continued_flows: '0',
      notebook_corrected_Score: String(corrected.Score[0]),
      notebook_corrected_tsMid: '60',
      rita_score: String(rita.score[0]),
      rita_ts: '1',
      rita_ds: '1',
      rita_dur: String(rita.duration[0]),
      rita_hist: String(rita.histogram[0]),
      rita_threat: String(rita.threat[0]),
      rhythm_score: String(rhythm.score[0]),
      rhythm_S: String(rhythm.strength[0]),
      rhythm_interval_s: '60',
      rhythm_jitter: '0',
      rhythm_present: '12',
      rhythm_expected: '12',
      rhythm_unscored: '',
      rita_unscored: '',
      rhythm_sentence: 'checks in every 60 s ± 0 %, 12 of 12 check-ins present',
    });
  });

  it('says why a score has no value', () => {
    const [row] = parse(connectionsText(reportOf([{}], 0)));
    expect(row).toMatchObject({
      rhythm_score: '',
      rhythm_unscored: 'fewer than 5 separate visits',
      rita_score: '',
      rita_unscored: 'fewer than 4 distinct times',
      notebook_corrected_Score: '',
      notebook_unscored: 'fewer than two flows',
      notebook_corrected_unscored: 'fewer than two flows',
      rhythm_sentence: 'fewer than 5 separate visits: rhythm is not scored',
    });
  });

  it('leaves cells empty where there is no score, and puts them last', () => {
    const rows = parse(connectionsText(reportOf([{ port: 1 }, ...uneven], 0)));
    expect(rows.map((row) => row.dst_port)).toEqual(['80', '1']);
    expect(rows[1]).toMatchObject({ ConnectionCount: '1', tsLow: '', Score: '' });
  });

  it('has only the header without connections', () => {
    expect(connectionsText(reportOf([], 10)).split('\n')).toHaveLength(2);
  });
});

describe('csv', () => {
  it('writes cells as a library does that looks at all of them', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        'a',
        '7',
        '_',
        '.',
        ':',
        '/',
        '-',
        '=',
        '@',
        ' ',
        ',',
        ';',
        '"',
        "'",
        '\n',
        '\r',
        '\t',
        'é',
        '\u00a0',
        '\ufeff',
      ),
      maxLength: 5,
    });
    const cell = fc.oneof(text, fc.double({ noNaN: true }), fc.integer(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 6 }), (cells) => {
        const guardedCells = cells.map((each) => (typeof each === 'string' ? guarded(each) : each));
        const lines = [...csv(['a', 'b, c'], 1, () => cells)].join('');
        expect(lines).toBe(`a,"b, c"\n${Papa.unparse([guardedCells])}\n`);
      }),
    );
  });
});
