import { describe, expect, it } from 'vitest';
import { dnsQuery } from '../../../builders/payloads/dns.ts';
import { pcap } from '../../../builders/pcap.ts';
import { udpExchange } from '../../../builders/conversation.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { bufferSource } from 'pcap-ts-parser';
import { sourceIndex } from '../../../../src/analysis/flows/name-sources.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { NO_REMARK } from '../../../../src/analysis/report/case.ts';
import { remarkKey } from '../../../../src/analysis/report/case-keys.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { longList } from '../../../../src/export/lists.ts';
import { RowTexts } from '../../../../src/state/row-texts.ts';
import { CONN_FIELDS, connRow, zeekTsv } from '../../../builders/logs/zeek.ts';
import { analyzeLogs } from '../flow-logs/read-logs.ts';

describe('long sessions of logs', () => {
  it('are connections of a minute or more, the longest first, with what logs do not tell left open', async () => {
    const rows = [
      connRow({ uid: 'C1', duration: '59.9' }),
      connRow({ uid: 'C2', duration: '4000', 'id.orig_p': 40_000, history: 'ShADadFf' }),
      connRow({ uid: 'C3', duration: '21600.5', 'id.orig_p': 40_001, history: 'DadA', conn_state: 'OTH' }),
    ];
    const report = (await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows))).report(DEFAULT_SETTINGS);
    const { long } = report;
    expect(Array.from(long.durationMs)).toEqual([21_600_500, 4_000_000]);
    expect([long.total, [...long.reached]]).toEqual([2, [2, 1, 0, 0]]);
    expect([...long.cutAtStart]).toEqual([1, 0]);
    expect([...long.clientPort]).toEqual([40_001, 40_000]);
    expect(textsOf(long.addresses)[long.client[0]]).toBe('192.168.4.76');
    expect([long.bytesSent[0], long.bytesReceived[0], long.idleShare[0], long.messages[0]]).toEqual([
      620,
      4800,
      Number.NaN,
      Number.NaN,
    ]);
    const { columns, row } = longList(report);
    expect(row(0)[columns.indexOf('messages')]).toBeNull();
    expect(row(0)[columns.indexOf('still_open')]).toBeNull();
    // What was said of their connection is theirs, where it is listed.
    const whole = (await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows))).report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const key = remarkKey(whole, new RowTexts(whole), 0);
    const said = longList(whole, new Map([[key, { ...NO_REMARK, verdict: 'benign', tags: ['vpn'] }]]));
    expect(said.columns.slice(-3)).toEqual(['verdict', 'note', 'tags']);
    expect(said.row(0).slice(-3)).toEqual(['benign', null, 'vpn']);
    expect(columns).not.toContain('verdict');
  });

  it('tell a name with its source: what a resolver is asked for is not its own', async () => {
    const query = { from: 'client', bytes: dnsQuery(1, 'c2.example') } as const;
    const packets = [0, 40, 80].flatMap((second) => {
      const ends = { client: { address: '10.0.0.5', port: 40_000 }, server: { address: '10.0.0.1', port: 53 } };
      return udpExchange({ ...ends, start: 1_772_438_400 + second, messages: [query] });
    });
    const analysis = await analyze([bufferSource(pcap({ packets }), 'a.pcap')], DEFAULT_SETTINGS);
    const { name, names, nameSource } = analysis.report(DEFAULT_SETTINGS).long;
    expect([textsOf(names)[name[0]], nameSource[0]]).toEqual(['c2.example', sourceIndex('dns')]);
  });

  it('are said to be open where an end could be seen, as it cannot be of UDP', async () => {
    const messages = [{ from: 'client', bytes: new Uint8Array(9) } as const];
    const packets = [0, 40, 80].flatMap((second) => {
      const ends = { client: { address: '10.0.0.5', port: 40_000 }, server: { address: '203.0.113.9', port: 443 } };
      return udpExchange({ ...ends, start: 1_772_438_400 + second, messages });
    });
    const analysis = await analyze([bufferSource(pcap({ packets }), 'a.pcap')], DEFAULT_SETTINGS);
    const { columns, length, row } = longList(analysis.report(DEFAULT_SETTINGS));
    expect(length).toBe(1);
    expect(row(0)[columns.indexOf('still_open')]).toBeNull();
  });
});
