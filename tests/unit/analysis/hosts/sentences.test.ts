import { expect, it } from 'vitest';
import { createTable } from '../../../../src/analysis/connections/scored-table.ts';
import { endText, rowSentence } from '../../../../src/analysis/hosts/sentences.ts';

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
