import { describe, expect, it } from 'vitest';
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
    // What was said of their connection is theirs, where it is listed.
    const whole = (await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows))).report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    const key = remarkKey(whole, new RowTexts(whole), 0);
    const said = longList(whole, new Map([[key, { ...NO_REMARK, verdict: 'benign', tags: ['vpn'] }]]));
    expect(said.columns.slice(-3)).toEqual(['verdict', 'note', 'tags']);
    expect(said.row(0).slice(-3)).toEqual(['benign', null, 'vpn']);
    expect(columns).not.toContain('verdict');
  });
});
