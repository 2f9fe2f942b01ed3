import { describe, expect, it } from 'vitest';
import { indicatorText } from '../../../src/analysis/lists/indicator.ts';
import { asideChoices, coveringEntries } from '../../../src/state/set-aside.ts';

const choices = (destination: string, name: string): string[] =>
  asideChoices(destination, name).map(({ kind, indicator }) => `${kind} ${indicatorText(indicator)}`);

describe('what can be set aside', () => {
  it('is the destination, its network, its name and what is below that', () => {
    expect(choices('203.0.113.77', 'Updates.example.net.')).toEqual([
      'address 203.0.113.77',
      'network 203.0.113.0/24',
      'name =updates.example.net',
      'below *.updates.example.net',
    ]);
    expect(choices('2001:db8::9', '')).toEqual(['address 2001:db8::9', 'network 2001:db8::/64']);
  });

  it('is no name that is an address, or that no list can hold', () => {
    expect(choices('203.0.113.9', '203.0.113.9')).toEqual(['address 203.0.113.9', 'network 203.0.113.0/24']);
    expect(choices('203.0.113.9', '<b>')).toEqual(['address 203.0.113.9', 'network 203.0.113.0/24']);
    expect(choices('02:00:00:00:00:01', '')).toEqual([]);
  });
});

describe('what covers a row', () => {
  const covering = (list: string, name: string): string[] =>
    coveringEntries(list, '203.0.113.77', name).map(indicatorText);

  it('is the closest entry of its address and of its name', () => {
    const list = '203.0.113.0/24\n*.example.net # ours\n198.51.100.1\n';
    expect(covering(list, 'a.example.net')).toEqual(['203.0.113.0/24', '*.example.net']);
    expect(covering(list, '')).toEqual(['203.0.113.0/24']);
    expect(covering('198.51.100.1', 'a.example.net')).toEqual([]);
  });
});
