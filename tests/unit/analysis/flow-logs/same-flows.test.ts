import { describe, expect, it } from 'vitest';
import { eveJson, flowEvent } from '../../../builders/logs/suricata.ts';
import { CONN_FIELDS, connRow, HTTP_FIELDS, type ZeekRow, zeekJson, zeekTsv } from '../../../builders/logs/zeek.ts';
import { tcpConversation } from '../../../builders/conversation.ts';
import { httpRequest, httpResponse } from '../../../builders/payloads/http.ts';
import { pcap } from '../../../builders/pcap.ts';
import { rootOf } from '../../../../src/analysis/flow-logs/same-flows.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

const START = 1_591_367_999;
const rowAt = (number: number, row: ZeekRow = {}): ZeekRow =>
  connRow({ ts: `${START + number * 60}.305988`, uid: `C${number}`, 'id.orig_p': 40_000 + number, ...row });
const ROWS = Array.from({ length: 6 }, (_, number) => rowAt(number));
const LOG = zeekTsv('conn', CONN_FIELDS, ROWS);

const warningsOf = (capture: { warnings: { message: string }[] }): string[] =>
  capture.warnings.map(({ message }) => message);

describe('the same flow twice', () => {
  it.each<[string, string[]]>([
    ['a log that has every row twice', [`${LOG}${LOG}`]],
    ['a log and its copy', [LOG, LOG]],
    ['text and JSON of one log', [LOG, zeekJson(ROWS)]],
    ['rows in another order', [LOG, zeekTsv('conn', CONN_FIELDS, ROWS.toReversed())]],
  ])('is once: %s', async (_, logs) => {
    const analysis = await analyzeLogs(...logs);
    const once = await analyzeLogs(LOG);
    expect(flowsOf(analysis)).toEqual(flowsOf(once));
    expect(analysis.captures.flatMap(warningsOf).join()).toMatch(/^6 of its (rows|flows)/);
  });

  it('is once in eve.json', async () => {
    const events = [1, 2, 3].map((id) => flowEvent({ flow_id: id, src_port: 50_000 + id }));
    const analysis = await analyzeLogs(eveJson([...events, ...events]));
    expect(analysis.flows.length).toBe(3);
  });

  it('leaves other flows as they were', async () => {
    const rows = ROWS.map((row, number) => ({ ...row, orig_ip_bytes: 1000 + number, resp_ip_bytes: 5000 + number }));
    const analysis = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, [rows[0], ...rows]));
    expect(flowsOf(analysis)).toEqual(flowsOf(await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows))));
  });

  it.each([
    ['rounded up', 0.001],
    ['cut off', -0.001],
  ])('is once where another log has its times %s', async (_, by) => {
    const rounded = ROWS.map((_row, number) => {
      const ts = (START + number * 60 + 0.305 + by).toFixed(3);
      return rowAt(number, { ts, uid: `X${number}`, duration: 9 - number });
    });
    const analysis = await analyzeLogs(LOG, zeekTsv('conn', CONN_FIELDS, rounded));
    expect(analysis.flows.length).toBe(ROWS.length);
    const three = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rounded), LOG, LOG);
    expect(flowsOf(three).map(({ sourcePort }) => sourcePort)).toEqual(ROWS.map((row) => row['id.orig_p']));
    expect(three.captures.flatMap(warningsOf)).toHaveLength(2);
  });

  it('is the last of the states of a connection that was open', async () => {
    const states = [1, 2, 3, 2].map((hours) => rowAt(0, { duration: hours * 3600, orig_ip_bytes: hours * 1000 }));
    const analysis = await analyzeLogs(zeekTsv('open_conn', CONN_FIELDS, states));
    expect(flowsOf(analysis)).toMatchObject([{ bytesSent: 3000, lastMs: (START + 3 * 3600) * 1000 + 305 }]);
    expect(warningsOf(analysis.captures[0])[0]).toMatch(/^3 of its rows .* by its last state$/);
  });

  it('is not what only looks alike', async () => {
    const others = [
      rowAt(0),
      rowAt(0, { ts: `${START}.306988`, uid: 'D' }),
      rowAt(0, { 'id.orig_p': 1, uid: 'E' }),
      rowAt(0, { proto: 'udp', uid: 'F' }),
    ];
    const pings = [8, 9].map((orig_ip_bytes) => rowAt(0, { proto: 'icmp', orig_ip_bytes, uid: `G${orig_ip_bytes}` }));
    const analysis = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, [...others, ...pings]));
    expect(analysis.flows.length).toBe(6);
    expect(analysis.captures[0].warnings).toEqual([]);
  });

  it('is that of the packets where a capture and the log of it are given, with what other logs say', async () => {
    const packets = ROWS.flatMap((_, number) =>
      tcpConversation({
        client: { address: '192.168.4.76', port: 40_000 + number },
        server: { address: '31.3.245.133', port: 443 },
        start: START + number * 60 + 0.305988,
        messages: [
          { from: 'client', bytes: httpRequest({ method: 'GET', path: '/', host: null, userAgent: 'a' }) },
          { from: 'server', bytes: httpResponse({ status: 200, bodyLength: 9 }) },
        ],
      }),
    );
    const http = ROWS.map(({ ts, uid }) => connRow({ ts, uid, host: 'c2.example', trans_depth: 1 }));
    const more = rowAt(9);
    const analysis = await analyzeLogs(
      zeekTsv('conn', CONN_FIELDS, [...ROWS, more]),
      pcap({ packets }),
      zeekTsv('http', HTTP_FIELDS, http),
    );
    expect(flowsOf(analysis).map(({ name, sourcePort }) => [name, sourcePort])).toEqual([
      ['', 40_009],
      ...ROWS.map((_, number) => ['c2.example', 40_000 + number]),
    ]);
    expect(analysis.captures.flatMap(warningsOf)).toEqual([
      '6 of its flows are in another of the files, too: each counts once',
    ]);
  });

  it.each([
    ['in UTC', 0, []],
    [
      'five hours behind',
      -5 * 3600,
      ['packets of the same flows tell that its times are of UTC-5: its flows count at those'],
    ],
    ['in Nepal', 20_700, ['packets of the same flows tell that its times are of UTC+5:45: its flows count at those']],
  ])('is once where the times of the log have no zone and are %s', async (_, offsetS, said) => {
    const packets = ROWS.flatMap((_row, number) =>
      tcpConversation({
        client: { address: '192.168.4.76', port: 40_000 + number },
        server: { address: '31.3.245.133', port: 443 },
        start: START + number * 60 + 0.305988,
        messages: [{ from: 'client', bytes: new Uint8Array(90) }],
      }),
    );
    const local = [0, 1, 2, 3, 4, 5, 7].map((number) => {
      const at = new Date((START + number * 60 + offsetS) * 1000 + 306);
      return rowAt(number, { ts: at.toISOString().replace('Z', '') });
    });
    const analysis = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, local), pcap({ packets }));
    expect(flowsOf(analysis).map(({ firstMs }) => firstMs)).toEqual([
      (START + 7 * 60) * 1000 + 306,
      ...ROWS.map((_row, number) => (START + number * 60) * 1000 + 305),
    ]);
    expect(analysis.captures.flatMap(warningsOf)).toEqual([
      '7 times have no zone: they were read as UTC',
      ...said,
      '6 of its flows are in another of the files, too: each counts once',
    ]);
  });
});

describe('the row that stands for a flow', () => {
  it('is found in few steps, however many states came after each other', () => {
    const stepsFor = (states: number): number => {
      let steps = 0;
      const standIn = new Proxy(
        Uint32Array.from({ length: states }, (_, row) => row),
        {
          get: (rows, key) => {
            steps++;
            return rows[Number(key)];
          },
          set: (rows, key, value: number) => {
            rows[Number(key)] = value;
            return true;
          },
        },
      );
      for (let row = 1; row < states; row++) standIn[rootOf(standIn, 0)] = row;
      expect(rootOf(standIn, 0)).toBe(states - 1);
      return steps;
    };
    expect(stepsFor(4000)).toBeLessThan(40 * 4000);
    expect(stepsFor(8000)).toBeLessThan(2.5 * stepsFor(4000));
  });
});
