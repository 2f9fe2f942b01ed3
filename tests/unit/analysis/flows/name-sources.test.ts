import { expect, it } from 'vitest';
import { hostText, type NameSource, nameWords, sourceIndex } from '../../../../src/analysis/flows/name-sources.ts';

it.each<[NameSource, number, ReturnType<typeof nameWords>]>([
  ['tls', 443, ''],
  ['tls', 53, ''],
  ['dns', 53, 'asked for'],
  ['mdns', 5353, 'asked for'],
  ['netbios', 137, 'asked for'],
  ['netbios', 138, 'from'],
  ['dhcp', 67, 'from'],
  ['dhcp', 547, 'from'],
  ['dhcp', 68, ''],
  ['dhcp', 546, ''],
])('a name of %s to port %i says "%s"', (source, port, words) => {
  expect(nameWords(sourceIndex(source), port)).toBe(words);
  const address = '10.0.0.1';
  expect(hostText('desktop-5', sourceIndex(source), port, address)).toBe(words === '' ? 'desktop-5' : address);
});

it('what has no name is called by its address', () => {
  expect(hostText('', sourceIndex('tls'), 443, '10.0.0.1')).toBe('10.0.0.1');
});
