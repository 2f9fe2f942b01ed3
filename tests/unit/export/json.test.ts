import { describe, expect, it } from 'vitest';
import type { CaptureSummary } from '../../../src/analysis/capture.ts';
import { NOTEBOOK_COLUMNS } from '../../../src/analysis/scores/notebook.ts';
import { jsonText } from '../../../src/export/json.ts';
import { reportOf } from './report-of.ts';

const CAPTURE: CaptureSummary = {
  file: 'a\u001b\u009b.pcap',
  format: 'pcap',
  compression: 'gzip',
  packets: 9,
  bytes: 900,
  comments: 1,
  firstMs: 0,
  lastMs: 5,
  warnings: [{ kind: 'cut-record', offset: 880, message: 'the last packet is cut' }],
};

describe('jsonText', () => {
  it('comes in pieces of bounded size, however many connections there are', () => {
    const flows = Array.from({ length: 2000 }, (_, port) => ({ firstMs: port, port }));
    const pieces = [...jsonText(reportOf(flows, 0, []), 'triage')];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1 << 20);
    expect(JSON.parse(pieces.join(''))).toHaveProperty('connections.length', 2000);
  });

  it('is one object with captures, the number of flows, and the connections', () => {
    const flows = [0, 7_300, 9_100].map((firstMs) => ({
      firstMs,
      port: 80,
      name: 'a.example',
      nameSource: 'http' as const,
      packetsReceived: 2,
      bytesReceived: 10,
    }));
    const parsed: unknown = JSON.parse(
      [...jsonText(reportOf([...flows, { port: 9 }], 0, [CAPTURE]), 'notebook')].join(''),
    );
    expect(parsed).toMatchObject({
      captures: [
        {
          file: 'a\u001b\u009b.pcap',
          format: 'pcap',
          compression: 'gzip',
          packets: 9,
          bytes: 900,
          comments: 1,
          warnings: [{ kind: 'cut-record', offset: 880, message: 'the last packet is cut' }],
        },
      ],
      flows: 4,
      connections: [
        {
          src_ip: '10.0.0.1',
          dst_ip: '10.0.0.2',
          dst_port: 80,
          protocol: 6,
          requested_server_name: 'a.example',
          requested_server_name_source: 'http',
          other_server_names: 0,
          bidirectional_first_seen_ms: 0,
          bidirectional_last_seen_ms: 9_100,
          src2dst_packets: 3,
          src2dst_bytes: 180,
          dst2src_packets: 6,
          dst2src_bytes: 30,
          median_delta_ms: 4_550,
          ConnectionCount: 3,
          tsMid: 4,
        },
        {
          dst_port: 9,
          requested_server_name: null,
          requested_server_name_source: null,
          median_delta_ms: null,
          Score: null,
        },
      ],
    });
    const { connections } = parsed as { connections: object[] };
    expect(Object.keys(connections[0] ?? {})).toEqual(expect.arrayContaining([...NOTEBOOK_COLUMNS]));
  });

  it('nests the other scores under their names', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({ firstMs: index * 60_000 }));
    const { connections } = JSON.parse([...jsonText(reportOf(rows, 0), 'rhythm')].join('')) as {
      connections: object[];
    };
    expect(connections[0]).toMatchObject({
      failed_flows: 0,
      resumed_flows: 0,
      continued_flows: 0,
      other_protocols: 0,
      notebook_corrected: { tsMid: 60, unscored: null },
      rita: { ts: 1, ds: 1, unscored: null },
      rhythm: { interval_s: 60, jitter: 0, present: 12, expected: 12, silences: 0, unscored: null },
    });
    expect(connections[0]).toHaveProperty(
      'rhythm.sentence',
      String.raw`checks in every 60 s ± 0 %, 12 of 12 check-ins present`,
    );
  });

  it('is one line of text that a terminal can show', () => {
    expect([...jsonText(reportOf([], 10, [CAPTURE]), 'notebook')].join('')).toMatch(/^[\u0020-\u007e]+\n$/);
  });

  it('joins batches into one list', () => {
    const flows = Array.from({ length: 3_000 }, (_, port) => ({ port }));
    const { connections } = JSON.parse([...jsonText(reportOf(flows, 0), 'notebook')].join('')) as {
      connections: object[];
    };
    expect(connections).toHaveLength(3_000);
  });
});
