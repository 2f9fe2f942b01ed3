import { describe, expect, it } from 'vitest';
import { completions } from '../../../src/filter/completions.ts';
import { allRows, filterRows, readFilter } from '../../../src/filter/filter.ts';
import type { FilteredList } from '../../../src/filter/list.ts';
import { connectionList } from '../../../src/filter/lists/connections.ts';
import { longSessionList } from '../../../src/filter/lists/long.ts';
import { NO_CONVERSATION } from '../../../src/analysis/flows/columns.ts';
import { groupFlows } from '../../../src/analysis/flows/group.ts';
import { longSessions } from '../../../src/analysis/sessions/long.ts';
import { type FlowRow, flowColumns, noSessions } from '../analysis/connections/flow-columns.ts';
import { reportOf } from '../export/report-of.ts';

const HOUR_MS = 3_600_000;
const TLS: FlowRow = { destination: '203.0.113.1', port: 443, protocol: 6, lastMs: HOUR_MS, application: 'TLS' };
const ROWS: readonly FlowRow[] = [
  { ...TLS, clientFingerprint: 'aaaa', ja4: 't13d_aaaa', serverFingerprint: 'cccc', ja4s: 't13_cccc' },
  { ...TLS, clientFingerprint: 'bbbb', ja4: 't13d_bbbb' },
  { ...TLS, clientFingerprint: 'aaaa', ja4: 't13d_aaaa' },
  {
    ...TLS,
    application: 'HTTP',
    destination: '203.0.113.2',
    port: 80,
    userAgent: 'curl/8.5.0',
    contentType: 'text/html',
  },
  { ...TLS, application: 'Unknown', destination: '203.0.113.3', userAgent: 'aaaa' },
];

function longList(rows = ROWS): FilteredList {
  const flows = { ...flowColumns(rows), conversation: new Uint32Array(rows.length).fill(NO_CONVERSATION) };
  const groups = groupFlows(flows, 'src,dst,port');
  return longSessionList({ ...reportOf(rows, 0), long: longSessions(noSessions(flows, groups), groups) });
}

/** Destinations of the rows that a filter lets through, and how many fields it asked for in vain. */
function met(text: string, list: FilteredList): [string, number] {
  const read = readFilter(text);
  if ('error' in read) throw new Error(read.error.message);
  const { rows, lacks } = filterRows(read.filter, list, allRows(list));
  return [
    Array.from(rows, (row) => list.addresses(row)[1].slice(-1))
      .sort()
      .join(''),
    lacks.length,
  ];
}

describe('fingerprints and headers as fields', () => {
  it.each([
    ['ja3 == AAAA', '1', '11'],
    ['ja3 == bbbb', '1', '1'],
    ['ja3 == aaaa and ja3 == bbbb', '1', ''],
    ['ja4 == t13d_aaaa', '1', '11'],
    ['ja4 contains bbbb', '1', '1'],
    ['ja3s == cccc and ja4s == t13_cccc', '1', '1'],
    ['ua contains curl', '2', '2'],
    ['ua == aaaa', '3', '3'],
    ['ua == ""', '1', '111'],
    ['mime == text/html', '2', '2'],
    ['ja4 == nothing', '', ''],
    ['tls', '1', '111'],
    ['http', '2', '2'],
    ['app == Unknown', '3', '3'],
  ] as const)('%s', (text, connections, sessions) => {
    expect(met(text, connectionList(reportOf(ROWS, 0)))).toEqual([connections, 0]);
    expect(met(text, longList())).toEqual([sessions, 0]);
  });

  it('are offered with the values that rows have', () => {
    const offered = (text: string, list: FilteredList): string[] =>
      completions(text, text.length, list).candidates.map((candidate) => candidate.text);
    for (const list of [connectionList(reportOf(ROWS, 0)), longList()]) {
      expect(offered('ja', list)).toEqual(expect.arrayContaining(['ja3', 'ja4']));
      expect(offered('ua == cu', list)).toEqual(['curl/8.5.0']);
      expect(offered('ja3 == ', list)).toEqual(['aaaa', 'bbbb']);
    }
  });

  it('are not there where nobody knows which rows have them', () => {
    expect(met('ja3 == aaaa', connectionList({ ...reportOf(ROWS, 0), traces: null }))).toEqual(['', 1]);
  });
});

it('what a resolver is asked for is a name of the row, and not of its server', () => {
  const asked = {
    name: 'c2.example',
    nameSource: 'dns',
    port: 53,
    protocol: 17,
    destination: '203.0.113.1',
    lastMs: HOUR_MS,
  } as const;
  const named = { ...TLS, name: 'c2.example', nameSource: 'tls', destination: '203.0.113.2' } as const;
  const list = connectionList(reportOf([asked, named], 0));
  for (const either of [list, longList([asked, named])]) {
    expect(met('dst == c2.example', either)).toEqual(['2', 0]);
    expect(met('name == c2.example', either)).toEqual(['12', 0]);
  }
  expect(met('query == c2.example', list)).toEqual(['1', 0]);
});
