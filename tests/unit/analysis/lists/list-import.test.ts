import { describe, expect, it } from 'vitest';
import { withEntries } from '../../../../src/analysis/lists/edit-list.ts';
import { parseIndicator } from '../../../../src/analysis/lists/indicator.ts';
import { isRefusal } from '../../../../src/analysis/net/network.ts';
import { asPlainList, withFile, withFiles } from '../../../../src/analysis/lists/list-import.ts';

const CSV = 'ip,comment\n203.0.113.9,seen in spring\nnothing at all,\n198.51.100.1,\n';
const STIX = JSON.stringify({
  type: 'bundle',
  id: 'bundle--1',
  objects: [
    { type: 'indicator', name: 'A panel', pattern_type: 'stix', pattern: "[domain-name:value = 'panel.example']" },
    {
      type: 'indicator',
      name: 'A file',
      pattern_type: 'stix',
      pattern: "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']",
    },
  ],
});

describe('a file added to a list', () => {
  it('becomes an empty list as it is, comments too', () => {
    const file = '# ours\n203.0.113.0/24   # office\nwhat is this\n';
    expect(withFile('', file)).toEqual({
      text: file,
      added: 1,
      known: 0,
      others: 0,
      problems: [expect.objectContaining({ line: 3 })],
    });
    expect(withFile('\n', '[2001:db8::9]\n').text).toBe('[2001:db8::9]\n');
  });

  it('adds at the end what the list does not have, whatever its form', () => {
    const result = withFile('198.51.100.1 # known', CSV);
    expect(result).toMatchObject({ text: '198.51.100.1 # known\n203.0.113.9  # seen in spring\n', added: 1, known: 1 });
    expect(result.problems.map(({ line }) => line)).toEqual([3]);
    expect(withFile('', CSV).text).toBe('203.0.113.9  # seen in spring\n198.51.100.1\n');
  });

  it('counts what a JSON file holds about something else', () => {
    expect(withFile('', STIX)).toMatchObject({
      text: '*.panel.example  # A panel\n',
      added: 1,
      others: 1,
      problems: [],
    });
  });

  it('keeps the list where it is no list at all', () => {
    const result = withFile('198.51.100.1\n', '{"neither": "one"}');
    expect(result.text).toBe('198.51.100.1\n');
    expect(result.problems).toHaveLength(1);
  });
});

describe('one entry more', () => {
  const entry = parseIndicator('203.0.113.77');
  if (isRefusal(entry)) throw new Error('an address');

  it('makes one entry a line of a list that was pasted in another form', () => {
    expect(withEntries(CSV, [entry])).toBe('203.0.113.9  # seen in spring\n198.51.100.1\n203.0.113.77\n');
    expect(withEntries(STIX, [entry])).toBe('*.panel.example  # A panel\n203.0.113.77\n');
    expect(withEntries('# mine\n', [entry])).toBe('# mine\n203.0.113.77\n');
    expect(asPlainList('# mine\nnot one\n')).toBe('# mine\nnot one\n');
  });
});

describe('files that are added to a list', () => {
  const file = (name: string, text: string, size = text.length) => ({ name, size, text: async () => text });

  it('come one after another, and one that is too large is not read', async () => {
    const { text, files } = await withFiles('10.0.0.1\n', [
      file('one', '10.0.0.2\n10.0.0.1\n'),
      { name: 'huge', size: 65 * 2 ** 20, text: () => Promise.reject(new Error('was read')) },
      file('two', '10.0.0.3\n'),
    ]);
    expect(text).toBe('10.0.0.1\n10.0.0.2\n10.0.0.3\n');
    expect(files.map(({ name, added, known }) => [name, added, known])).toEqual([
      ['one', 1, 1],
      ['huge', 0, 0],
      ['two', 1, 0],
    ]);
    expect(files[1].problems).toEqual([{ line: 1, reason: expect.stringContaining('too large for a list') as string }]);
  });
});
