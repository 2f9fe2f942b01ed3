import { describe, expect, it, vi } from 'vitest';
import { withEntries, withoutEntries } from '../../../../src/analysis/lists/edit-list.ts';
import { type Indicator, indicatorText } from '../../../../src/analysis/lists/indicator.ts';
import { type List, listText, MOST_ENTRIES, MOST_UNREAD } from '../../../../src/analysis/lists/list.ts';
import { Matcher } from '../../../../src/analysis/lists/matcher.ts';
import { parseAddress } from '../../../../src/analysis/net/address.ts';
import { readList } from '../../../../src/analysis/lists/read-list.ts';

const summary = ({ entries }: List): string[] =>
  entries.map(({ line, indicator, note }) => `${line} ${indicatorText(indicator)} ${note}`);

describe('a list of one entry a line', () => {
  it('has comments and notes, and any line ends', () => {
    const list = readList(
      '\u{feff}# own sites\r\nexample.com # the\tshop\u0007\r\n\n 198.51.100.0/24\rbad entry\n[2001:db8::1]\n',
    );
    expect(summary(list)).toEqual(['2 *.example.com the shop', '4 198.51.100.0/24 ']);
    expect(list.problems).toEqual([
      { line: 5, reason: '"bad entry": neither an address, a network, a name nor a fingerprint' },
      { line: 6, reason: '"[2001:db8::1]": not an address' },
    ]);
  });

  it('is cut where it is too long, and says where', () => {
    const list = readList('10.0.0.1\n'.repeat(MOST_ENTRIES + 2));
    expect(list.entries).toHaveLength(MOST_ENTRIES);
    expect(list.problems).toEqual([
      { line: MOST_ENTRIES + 1, reason: `from here on left out: a list holds at most ${MOST_ENTRIES} entries` },
    ]);
  });

  it('says no more about a file that is no list than people read', () => {
    expect(readList('?\n'.repeat(5000)).problems).toHaveLength(1001);
  });

  it('ends where a million lines could not be read', () => {
    const { problems } = readList('?\n'.repeat(MOST_UNREAD + 5));
    expect(problems.at(-1)).toEqual({
      line: MOST_UNREAD,
      reason: `what follows is left out: ${MOST_UNREAD} lines could not be read`,
    });
  });

  it('is JSON also behind a byte order mark, and behind more blanks than an expression can pass over', () => {
    const json = '{"type":"bundle","objects":[{"type":"domain-name","value":"a.example"}]}';
    for (const before of ['\u{feff}', ' '.repeat(40_000_000)])
      expect(summary(readList(before + json))).toEqual(['1 *.a.example ']);
  });

  it('of JSON has no more values than there is memory for', () => {
    const { entries, problems } = readList(`{"type":"bundle","objects":[${'{},'.repeat(2_000_001)}{}]}`);
    expect([entries, problems]).toEqual([
      [],
      [{ line: 1, reason: 'JSON of more than 4000000 values: split it into several files' }],
    ]);
  });

  it('is written so that it reads as the same', () => {
    const list = readList('=a.example # one\n*.b.example\n10.0.0.0/8 # three\n::1');
    expect(listText(list.entries)).toBe('=a.example  # one\n*.b.example\n10.0.0.0/8  # three\n::1\n');
    expect(readList(listText(list.entries)).entries).toEqual(list.entries);
  });
});

describe('a table', () => {
  it('has a column of indicators under one of the usual headings, and notes', () => {
    const list = readList(
      '# a feed\nfirst_seen,dst_ip,port,malware\n"2024-01-01","198.51.100.7",443,"QakBot, ' +
        '""old"""\n2024,nonsense !,1,x\n2024,198.51.100.8\n',
    );
    expect(summary(list)).toEqual(['3 198.51.100.7 QakBot, "old"', '5 198.51.100.8 ']);
    expect(list.problems).toEqual([
      { line: 4, reason: '"nonsense !": neither an address, a network, a name nor a fingerprint' },
    ]);
  });

  it('may have commented headings and other separators', () => {
    expect(summary(readList('# Listingdate;Domain;Description\n2024;bad.example;C2\n'))).toEqual([
      '2 *.bad.example C2',
    ]);
    expect(summary(readList('JA3 md5\tnote\n6734f37431670b3ab4292b8f60f29984\ttool\n'))).toEqual([
      '2 6734f37431670b3ab4292b8f60f29984 tool',
    ]);
  });

  it('has its headings before its rows, or is none', () => {
    const list = readList('bad.example\ndomain;note\nworse.example;C2\n');
    expect(summary(list)).toEqual(['1 *.bad.example ']);
    expect(list.problems.map(({ line }) => line)).toEqual([2, 3]);
  });
});

describe('exchange formats', () => {
  it('STIX 2.1: indicators and observables, no revoked ones', () => {
    const indicator = (pattern: string, more = {}) => ({
      type: 'indicator',
      name: 'C2',
      pattern,
      pattern_type: 'stix',
      ...more,
    });
    const list = readList(
      JSON.stringify({
        type: 'bundle',
        objects: [
          indicator("[ipv4-addr:value = '198.51.100.7' OR domain-name:value = 'bad.example']"),
          indicator("[ipv4-addr:value ISSUBSET '198.51.100.0/24']"),
          indicator("[url:value = 'https://bad.example/it\\'s']", { revoked: true }),
          { type: 'domain-name', value: 'worse.example' },
          indicator("[file:hashes.MD5 = '6734f37431670b3ab4292b8f60f29984']"),
          indicator("[domain-name:value = 'no name']"),
          null,
        ],
      }),
    );
    expect(summary(list)).toEqual([
      '1 198.51.100.7 C2',
      '1 *.bad.example C2',
      '2 198.51.100.0/24 C2',
      '4 *.worse.example ',
    ]);
    expect(list.others).toBe(3);
    expect(list.problems).toEqual([
      { line: 6, reason: 'object 6: "no name": neither an address, a network, a name nor a fingerprint' },
    ]);
  });

  it('MISP: attributes of events and of their objects, meant for detection', () => {
    const attribute = (type: string, value: string, more = {}) => ({ type, value, comment: '', ...more });
    const event = {
      Event: {
        info: 'Campaign',
        Attribute: [
          attribute('ip-dst|port', '198.51.100.7|443'),
          attribute('domain|ip', 'bad.example|198.51.100.8', { comment: 'gate' }),
          attribute('md5', '6734f37431670b3ab4292b8f60f29984'),
          attribute('hostname', 'fine.example', { to_ids: false }),
        ],
        Object: [{ Attribute: [attribute('ja3-fingerprint-md5', '6734f37431670b3ab4292b8f60f29984')] }],
      },
    };
    const expected = [
      '1 198.51.100.7 Campaign',
      '2 *.bad.example gate',
      '2 198.51.100.8 gate',
      '5 6734f37431670b3ab4292b8f60f29984 Campaign',
    ];
    expect(summary(readList(JSON.stringify(event)))).toEqual(expected);
    expect(readList(JSON.stringify({ response: [event] })).others).toBe(2);
    expect(summary(readList(JSON.stringify([event])))).toEqual(expected);
  });

  it.each(['{"a": 1}', '[]', '{"type": "bundle"}', '{'])('%s is neither, and says so', (text) => {
    const { entries, problems } = readList(text);
    expect(entries).toEqual([]);
    expect(problems).toHaveLength(1);
  });
});

describe('Matcher', () => {
  const matcher = new Matcher(
    readList('example.com\n=one.example\n10.0.0.0/8\n10.0.0.1\n6734f37431670b3ab4292b8f60f29984\n*.lan'),
  );

  it.each([
    ['example.com', 0],
    ['WWW.Example.com.', 0],
    ['notexample.com', -1],
    ['example.com.evil.net', -1],
    ['one.example', 1],
    ['a.one.example', -1],
    ['printer.lan', 5],
    ['', -1],
  ])('name %s: %i', (name, place) => {
    expect(matcher.ofName(name)).toBe(place);
  });

  it('names of many labels, of which no more are looked up than an entry has', () => {
    const some = new Matcher(readList('*.evil.example\nother.c2.evil.example\n'));
    const long = `${'a.'.repeat(120)}evil.example`;
    const lookUps = vi.spyOn(Map.prototype, 'get');
    const found = [some.ofName(long), some.ofName(`b.other.c2.${long.slice(-12)}`), some.ofName('a.'.repeat(120))];
    const { length } = lookUps.mock.calls;
    lookUps.mockRestore();
    expect(found).toEqual([0, 1, -1]);
    expect(length).toBeLessThanOrEqual(3 * 5);
  });

  it('addresses and fingerprints', () => {
    expect(
      ['10.0.0.1', '10.0.0.2', '11.0.0.1', '::ffff:10.0.0.1', 'x'].map((text) => matcher.ofAddress(parseAddress(text))),
    ).toEqual([3, 2, -1, 3, -1]);
    expect(['6734F37431670b3ab4292b8f60f29984', ''].map((text) => matcher.ofFingerprint(text))).toEqual([4, -1]);
  });
});

describe('editing a list', () => {
  const below: Indicator = { kind: 'name', name: 'example.com', below: true };

  it('adds an entry once and takes it out again, and leaves everything else', () => {
    const text = '# mine\n10.0.0.1 # printer';
    const added = withEntries(text, [below]);
    expect(added).toBe('# mine\n10.0.0.1 # printer\n*.example.com\n');
    expect(withEntries(added, [below])).toBe(added);
    expect(withEntries('Example.com\n', [below])).toBe('Example.com\n');
    expect(withoutEntries(added, [below])).toBe('# mine\n10.0.0.1 # printer\n');
    expect(withoutEntries('example.com # x\n=example.com\n', [below])).toBe('=example.com\n');
    expect(withEntries('', [below])).toBe('*.example.com\n');
  });
});

describe('hostile lists', () => {
  it('as tables have a column of indicators among the first thousand, or none', () => {
    const table = (columns: number): string => `${'x,'.repeat(columns)}ip\n${'x,'.repeat(columns)}198.51.100.7\n`;
    expect(readList(table(999)).entries).toHaveLength(1);
    expect(readList(table(1000)).entries).toHaveLength(0);
  });

  it('as tables are looked at no further than cells go', () => {
    const spy = vi.spyOn(String.prototype, 'replaceAll');
    const { entries } = readList(`ip,note\n198.51.100.7,"${'""'.repeat(100_000)}"\n`);
    const longest = Math.max(...spy.mock.contexts.map((text) => String(text).length));
    spy.mockRestore();
    expect(entries).toHaveLength(1);
    expect(longest).toBeLessThan(10_000);
  });

  it('of MISP look at the beginning of one long note, however many entries share it', () => {
    const note = `${'\u0007 '.repeat(40_000)}end`;
    const attributes = Array.from({ length: 2000 }, (_, index) => ({
      type: 'ip-dst',
      value: `198.51.${index >> 8}.${index & 255}`,
    }));
    const spy = vi.spyOn(String.prototype, 'replaceAll');
    const { entries } = readList(JSON.stringify({ Event: { info: note, Attribute: attributes } }));
    const longest = Math.max(...spy.mock.contexts.map((text) => String(text).length));
    spy.mockRestore();
    expect(entries).toHaveLength(2000);
    expect(longest).toBeLessThan(2100);
  });

  const bundle = (pattern: string): string =>
    JSON.stringify({ type: 'bundle', objects: [{ type: 'indicator', name: 'x', pattern }] });

  it.each([
    ['a text that never ends', `[ipv4-addr:value = '198.51.100.7'] OR [url:value = '${'a'.repeat(5_000_000)}`],
    ['backslashes that never end', `[ipv4-addr:value = '198.51.100.7'] OR [url:value = '${'\\\\'.repeat(2_000_000)}`],
    [
      'beginnings whose quotes are escaped',
      `[ipv4-addr:value = '198.51.100.7'] OR ${"url:value='\\'".repeat(300_000)}`,
    ],
    ['beginnings without an end', `[ipv4-addr:value = '198.51.100.7'] OR ${'url:value '.repeat(300_000)}`],
    ['spaces behind a beginning', `[ipv4-addr:value = '198.51.100.7'] OR url:value${' '.repeat(2_000_000)}`],
  ])('of STIX with %s keep what is whole', (_, pattern) => {
    expect(readList(bundle(pattern)).entries.map(({ indicator }) => indicatorText(indicator))).toEqual([
      '198.51.100.7',
    ]);
  });

  it('of STIX have quotes and backslashes in their texts', () => {
    expect(readList(bundle(String.raw`[url:value = 'http:\/\/ex\'ample.org\\a']`)).problems).toHaveLength(1);
    expect(
      summary(readList(bundle(String.raw`[domain-name:value = 'ex\ample.org' AND url:value='http://b.example/']`))),
    ).toEqual(['1 *.example.org x', '1 *.b.example x']);
  });

  it('in JSON say once that there is no more room', () => {
    const attributes = Array.from({ length: MOST_ENTRIES + 5000 }, (_, index) => ({
      type: 'ip-dst',
      value: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    }));
    const { entries, problems } = readList(JSON.stringify({ Event: { Attribute: attributes } }));
    expect([entries.length, problems.length]).toEqual([MOST_ENTRIES, 1]);
  });
});
