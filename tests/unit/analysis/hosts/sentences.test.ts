import { expect, it } from 'vitest';
import { endText } from '../../../../src/analysis/hosts/sentences.ts';

it.each([
  ['updates.example.net', 443, 'updates.example.net:443'],
  ['203.0.113.9', 0, '203.0.113.9'],
  ['2001:db8::443', 443, '[2001:db8::443]:443'],
  ['239.255.255.250:1900', 1900, '239.255.255.250:1900'],
  ['239.255.255.250:1900', 1901, '[239.255.255.250:1900]:1901'],
])('the end %s with port %i is %s', (host, port, expected) => {
  expect(endText(host, port)).toBe(expected);
});
