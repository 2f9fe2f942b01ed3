import { expect, it } from 'vitest';
import { createTable } from '../../../../src/analysis/connections/scored-table.ts';
import { sourceIndex } from '../../../../src/analysis/flows/name-sources.ts';
import { LEVELS } from '../../../../src/analysis/sessions/joined.ts';
import { NO_NAME_RHYTHM } from '../../../../src/analysis/triage/facts.ts';
import { endText, rowSentence } from '../../../../src/analysis/hosts/sentences.ts';
import { storyOf } from '../../../../src/analysis/hosts/story.ts';

it.each([
  ['updates.example.net', 443, 'updates.example.net:443'],
  ['203.0.113.9', 0, '203.0.113.9'],
  ['2001:db8::443', 443, '[2001:db8::443]:443'],
  ['239.255.255.250:1900', 1900, '239.255.255.250:1900'],
  ['239.255.255.250:1900', 1901, '[239.255.255.250:1900]:1901'],
])('the end %s with port %i is %s', (host, port, expected) => {
  expect(endText(host, port)).toBe(expected);
});

it('a rhythm by its name is told with all check-ins of that name, and not with those of one address', () => {
  const table = createTable(1);
  table.destinationPort[0] = 443;
  table.flows[0] = 3;
  const told = {
    table,
    row: 0,
    destination: '203.0.113.1',
    name: 'cdn.front.example',
    lines: [
      { id: 'byname', points: 3, phrase: 'steady rhythm by its name' },
      { id: 'disposable', points: 2, phrase: 'free hosting' },
    ],
    byName: { score: 0.9, intervalS: 60.4, flows: 110, addresses: 8 },
    twins: 7,
  };
  const deed = 'checks in with cdn.front.example:443 every 60 s, 110 times, at 8 addresses';
  expect(rowSentence(told)).toBe(`${deed}: free hosting`);
  expect(rowSentence({ ...told, lines: told.lines.slice(1) })).toContain('connected to cdn.front.example:443');
});

it('check-ins are as many as were seen, those after a silence too', () => {
  const table = createTable(1);
  table.destinationPort[0] = 443;
  table.joined.score[0] = 0.9;
  table.joined.intervalS[0] = 33;
  table.joined.present[0] = 17;
  table.rhythm.silences[0] = 1;
  const told = { table, row: 0, destination: '203.0.113.1', name: '', lines: [], byName: NO_NAME_RHYTHM, twins: 0 };
  table.joined.level[0] = LEVELS.indexOf('flow');
  expect(rowSentence(told)).toBe('checks in with 203.0.113.1:443 every 33 s, 18 times');
  table.joined.level[0] = LEVELS.indexOf('pooled');
  expect(rowSentence(told)).toBe('checks in with 203.0.113.1:443 every 33 s, 17 times');
});

it('a server of names is told by its address, and not by the name it was asked for last', () => {
  const table = createTable(1);
  table.destinationPort[0] = 53;
  table.flows[0] = 300;
  table.nameSource[0] = sourceIndex('dns');
  const told = {
    table,
    row: 0,
    destination: '10.0.0.1',
    name: 'www.example.org',
    lines: [{ id: 'tunnel', points: 6, phrase: 'looks like a tunnel through DNS: 300 different names' }],
    byName: NO_NAME_RHYTHM,
    twins: 0,
  };
  const reason = 'looks like a tunnel through DNS: 300 different names';
  expect(rowSentence(told)).toBe(`connected to 10.0.0.1:53, 300 times: ${reason}`);
  table.nameSource[0] = sourceIndex('tls');
  expect(rowSentence(told)).toBe(`connected to www.example.org:53, 300 times: ${reason}`);
});

it('as many findings as a scan has are one sentence of a story', () => {
  const table = createTable(2);
  table.destinationPort.fill(443);
  table.firstSeenMs.set([5000, 1000]);
  table.lastSeenMs.set([6000, 9000]);
  const lines = [{ id: 'watch', points: 9, phrase: 'on the watch list' }];
  const told = [0, 1].map((row) => {
    return { table, row, destination: `203.0.113.${row}`, name: '', lines, byName: NO_NAME_RHYTHM, twins: 0 };
  });
  const rows = Array.from({ length: 200_000 }, (_, at) => told[at % 2]);
  expect(storyOf([], [], rows)).toMatchObject([{ kind: 'finding', atMs: 1000, untilMs: 9000 }]);
});
