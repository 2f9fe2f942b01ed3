import { expect, it } from 'vitest';
import { readList } from '../../../../src/analysis/lists/read-list.ts';
import { PairMatches } from '../../../../src/analysis/triage/pair-matches.ts';
import { CONN_FIELDS, connRow, zeekTsv } from '../../../builders/logs/zeek.ts';
import { analyzeLogs } from '../flow-logs/read-logs.ts';

it('of the sources of a list only those that flows have take room', async () => {
  const rows = ['10.0.0.1', '10.0.0.1', '10.0.0.2', '10.0.0.9'].map((source, row) =>
    connRow({ uid: `C${row}`, 'id.orig_p': 4000 + row, 'id.orig_h': source, 'id.resp_h': `203.0.113.${row}` }),
  );
  const { flows } = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows));
  const sources = Array.from({ length: 1000 }, (_, number) => `10.0.${number >> 8}.${number & 255} > 203.0.113.0/31\n`);
  const matches = new PairMatches(readList(sources.join('').replace('10.0.0.9 >', '10.9.9.9 >')), flows);
  expect(matches.prepared).toBe(0);
  expect(Array.from({ length: 4 }, (_, flow) => matches.hit(flow))).toEqual([2, 2, 0, 0]);
  expect(matches.prepared).toBe(2);
});
