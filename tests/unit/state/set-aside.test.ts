import { describe, expect, it } from 'vitest';
import { indicatorText } from '../../../src/analysis/lists/indicator.ts';
import { asideChoices, coveringEntries } from '../../../src/state/set-aside.ts';

const SOURCE = '10.0.0.5';
const choices = (destination: string, name: string): string[] =>
  asideChoices([{ source: SOURCE, destination, name }]).map(
    ({ kind, indicators }) => `${kind} ${indicators.map(indicatorText).join(' ')}`,
  );

describe('what can be set aside', () => {
  it('is the pair, the destination, its network, its name and what is below that', () => {
    expect(choices('203.0.113.77', 'Updates.example.net.')).toEqual([
      'pair 10.0.0.5 > =updates.example.net',
      'address 203.0.113.77',
      'network 203.0.113.0/24',
      'name =updates.example.net',
      'below *.updates.example.net',
    ]);
    expect(choices('2001:db8::9', '')).toEqual([
      'pair 10.0.0.5 > 2001:db8::9',
      'address 2001:db8::9',
      'network 2001:db8::/64',
    ]);
  });

  it('is no name that is an address, or that no list can hold', () => {
    const byAddress = ['pair 10.0.0.5 > 203.0.113.9', 'address 203.0.113.9', 'network 203.0.113.0/24'];
    expect(choices('203.0.113.9', '203.0.113.9')).toEqual(byAddress);
    expect(choices('203.0.113.9', '<b>')).toEqual(byAddress);
    expect(choices('02:00:00:00:00:01', '')).toEqual([]);
  });

  it('is of several connections what all of them have, each entry once', () => {
    const rows = [
      { source: SOURCE, destination: '203.0.113.77', name: 'a.example' },
      { source: '10.0.0.6', destination: '203.0.113.78', name: 'a.example' },
    ];
    const several = (ends: typeof rows): string[] =>
      asideChoices(ends).map(({ kind, indicators }) => `${kind} ${indicators.map(indicatorText).join(' ')}`);
    expect(several(rows)).toEqual([
      'pair 10.0.0.5 > =a.example 10.0.0.6 > =a.example',
      'address 203.0.113.77 203.0.113.78',
      'network 203.0.113.0/24',
      'name =a.example',
      'below *.a.example',
    ]);
    expect(several([...rows, { ...rows[0], name: '' }]).map((choice) => choice.split(' ')[0])).toEqual([
      'pair',
      'address',
      'network',
    ]);
    expect(asideChoices([])).toEqual([]);
  });
});

describe('what covers a row', () => {
  const covering = (list: string, name: string): string[] =>
    coveringEntries(list, { source: SOURCE, destination: '203.0.113.77', name }).map(indicatorText);

  it('is the closest entry of its address and of its name', () => {
    const list = '203.0.113.0/24\n*.example.net # ours\n198.51.100.1\n';
    expect(covering(list, 'a.example.net')).toEqual(['203.0.113.0/24', '*.example.net']);
    expect(covering(list, '')).toEqual(['203.0.113.0/24']);
    expect(covering('198.51.100.1', 'a.example.net')).toEqual([]);
  });

  it('is a pair of its source', () => {
    const list = '10.0.0.6 > 203.0.113.77\n10.0.0.5 > *.example.net\n10.0.0.5 > 203.0.113.0/24\n';
    expect(covering(list, 'a.example.net')).toEqual(['10.0.0.5 > 203.0.113.0/24', '10.0.0.5 > *.example.net']);
    expect(covering('10.0.0.6 > *.example.net', 'a.example.net')).toEqual([]);
  });
});
