import { describe, expect, it } from 'vitest';
import { remembered } from '../../../src/filter/addresses.ts';
import { readFilter } from '../../../src/filter/filter.ts';
import { met, type Row } from './rows.ts';

const ROWS: readonly Row[] = [
  { src: '192.168.1.2', dst: '203.0.113.9', name: 'cdn.example.com', port: 443, proto: 6, app: 'TLS', flows: 12 },
  { src: '192.168.1.216', dst: '203.0.113.9', name: 'notexample.com', port: 8443, proto: 6, app: 'TLS', flows: 3 },
  { src: '192.168.1.21', dst: '198.51.100.7', port: 53, proto: 17, app: 'DNS', flows: 40, name: 'example.com' },
  { src: '2001:db8::1', dst: '2001:db8::53', port: 80, proto: 6, app: 'HTTP', ua: 'curl/8 example.org', flows: 1 },
];

describe('bare words', () => {
  it.each([
    ['', [0, 1, 2, 3]],
    ['192.168.1.2', [0]],
    ['192.168.1.21', [2]],
    ['192.168.1', [0, 1, 2]],
    ['192.168.1.0/24', [0, 1, 2]],
    ['192.168.1.0/28', [0]],
    ['2001:DB8:0::1', [3]],
    ['2001:db8::/32', [3]],
    ['example.com', [0, 2]],
    ['EXAMPLE.com.', [0, 2]],
    ['"example.com"', [0, 1, 2]],
    ['example.org', [3]],
    ['203.0.113.9:443', [0]],
    ['cdn.example.com:443', [0]],
    ['curl', [3]],
    ['cdn 192.168.1.2', [0]],
    ['cdn or curl', [0, 3]],
    ['not cdn', [1, 2, 3]],
    ['!cdn', [1, 2, 3]],
    ['tls', [0, 1]],
    ['dns', [2]],
    ['http', [3]],
    ['udp', [2]],
    ['ipv6', [3]],
    ['ip and not udp', [0, 1]],
    ['"dns"', [2]],
  ] as const)('%s', (text, rows) => {
    expect(met(text, ROWS)).toEqual(rows);
  });
});

describe('fields', () => {
  it.each([
    ['src == 192.168.1.2', [0]],
    ['src = 192.168.1.2', [0]],
    ['src != 192.168.1.2', [1, 2, 3]],
    ['src in 192.168.1.0/24', [0, 1, 2]],
    ['src in {192.168.1.2, 2001:db8::/32}', [0, 3]],
    ['src in {192.168.1.2..192.168.1.30}', [0, 2]],
    ['src <= 192.168.1.21', [0, 2]],
    ['dst == 203.0.113.9', [0, 1]],
    ['name == CDN.example.com', [0]],
    ['name contains example', [0, 1, 2]],
    ['name == ""', [3]],
    ['name != example.com', [0, 1, 3]],
    ['name matches "^(cdn|www)\\."', [0]],
    ['name ~ ^not', [1]],
    ['app == tls', [0, 1]],
    ['port == 443', [0]],
    ['port in {53, 80}', [2, 3]],
    ['port in (53, 80)', [2, 3]],
    ['port in 1..100', [2, 3]],
    ['port == 1..100', [2, 3]],
    ['port in {1..60, 443}', [0, 2]],
    ['port >= 443', [0, 1]],
    ['port lt 80', [2]],
    ['port == 0x1bb', [0]],
    ['proto == tcp', [0, 1, 3]],
    ['proto == 17', [2]],
    ['port == 443 or port == 53 and flows > 50', [0]],
    ['(port == 443 or port == 53) and flows > 20', [2]],
    ['port == 443 || port == 53 && flows > 50', [0]],
    ['not (port == 443 or udp)', [1, 3]],
  ] as const)('%s', (text, rows) => {
    expect(met(text, ROWS)).toEqual(rows);
  });

  it('knows durations, sizes and shares', () => {
    const rows = [
      { interval: 60, sent: 1500, score: 0.9, jitter: 0.1 },
      { interval: 300, sent: 2e6, score: 0.5 },
      { interval: 9900, sent: 1024 ** 3 },
    ];
    expect(met('interval == 1m', rows)).toEqual([0]);
    expect(met('interval in 60s..5m', rows)).toEqual([0, 1]);
    expect(met('interval == 2h45m', rows)).toEqual([2]);
    expect(met('interval < 250ms', rows)).toEqual([]);
    expect(met('sent >= 2MB', rows)).toEqual([1, 2]);
    expect(met('sent == 1GiB', rows)).toEqual([2]);
    expect(met('sent > 1.5kB', rows)).toEqual([1, 2]);
    expect(met('score >= 90%', rows)).toEqual([0]);
    expect(met('jitter < 20%', rows)).toEqual([0]);
    expect(met('not jitter < 20%', rows)).toEqual([1, 2]);
  });

  it('knows times: moments, days, and times of any day', () => {
    const at = (text: string): { first: number; last: number } => ({
      first: Date.parse(text),
      last: Date.parse(text) + 3_600_000,
    });
    const rows = [at('2026-01-30T23:30:00Z'), at('2026-01-31T00:30:00Z'), at('2026-01-31T12:00:00Z')];
    expect(met('first == 2026-01-31', rows)).toEqual([1, 2]);
    expect(met('first > 2026-01-30', rows)).toEqual([1, 2]);
    expect(met('first <= 2026-01-31T00:30', rows)).toEqual([0, 1]);
    expect(met('first >= 2026-01-31T13:00:00+01:00', rows)).toEqual([2]);
    expect(met('first in 22:00..06:00', rows)).toEqual([0, 1]);
    expect(met('first >= 12:00', rows)).toEqual([0, 2]);
    expect(met('frame.time >= "2026-01-31 12:30"', rows)).toEqual([2]);
    expect(met('frame.time == 2026-01-31T00:00:00Z', rows)).toEqual([0]);
    expect(met('first in 2026-01-31T00:00..2026-01-31T01:00', rows)).toEqual([1]);
  });
});

describe("Wireshark's display filters", () => {
  it.each([
    ['ip.addr == 192.168.1.2 && tcp.port == 443', [0]],
    ['ip.addr != 192.168.1.2', [1, 2]],
    ['ip.src == 192.168.1.0/24', [0, 1, 2]],
    ['ipv6.addr == 2001:db8::53', [3]],
    ['tcp.dstport in {443, 8443}', [0, 1]],
    ['udp.port == 53', [2]],
    ['tcp.port == 53', []],
    ['tls.handshake.extensions_server_name contains "example"', [0, 1]],
    ['tls.handshake.extensions_server_name', [0, 1]],
    ['http.user_agent contains "curl"', [3]],
    ['http.host', []],
    ['ip.proto eq 17', [2]],
  ] as const)('%s', (text, rows) => {
    expect(met(text, ROWS)).toEqual(rows);
  });
});

describe("RITA's search", () => {
  const rows: readonly Row[] = [
    { src: '10.0.0.1', dst: ['203.0.113.9', 'a.example'], beacon: 95, rita: 0.95, duration: 7200, subdomains: 5 },
    { src: '10.0.0.1', dst: '203.0.113.10', beacon: 40, rita: 0.4, duration: 90, subdomains: 200, watched: 1 },
    { src: '10.0.0.2', dst: '203.0.113.11', duration: 9000, watched: 0 },
  ];
  it.each([
    ['src:10.0.0.1', [0, 1]],
    ['dst:a.example', [0]],
    ['src:10.0.0.1 dst:203.0.113.10', [1]],
    ['beacon:>=90', [0]],
    ['beacon:95', [0]],
    ['duration:2h', [0]],
    ['duration:>2h', [2]],
    ['subdomains:>=100', [1]],
    ['severity:high', [0]],
    ['threat_intel:true', [1]],
    ['sort:duration-desc', [2, 0, 1]],
    ['src:10.0.0.1 sort:duration-asc', [1, 0]],
    ['sort:beacon-desc', [0, 1, 2]],
    ['sort:beacon-asc', [1, 0, 2]],
  ] as const)('%s', (text, expected) => {
    expect(met(text, rows)).toEqual(expected);
  });
});

describe('errors', () => {
  it.each([
    ['prt == 443', 0, 3, /no field "prt"/, /port/],
    ['port == abc', 8, 11, /"abc" is not a value of port/, /443/],
    ['port ==', 5, 7, /value is missing/, /quotes/],
    ['(port == 443', 0, 1, /not closed/, /\)/],
    ['port == 443)', 11, 12, /nothing opens/, /take it away/],
    ['name contains "a', 14, 16, /quote is not closed/, /"/],
    ['name > a', 7, 8, /name is a text/, /contains/],
    ['port contains 4', 14, 15, /port is not a text/, /in/],
    ['name matches "(?=a)"', 13, 20, /pattern cannot be read/, /RE2/],
    ['src == 10.0.0.0/33', 7, 18, /not an address or network/, /10\.0\.0\.0\/8/],
    ['10.0.0.0/33', 0, 11, /not a network/, /10\.0\.0\.0\/8/],
    ['port in {}', 8, 10, /set is empty/, /values/],
    ['port in {1', 8, 9, /set is not closed/, /\}/],
    ['port in 9..1', 8, 12, /ends before it begins/, /lower/],
    ['name in a..b', 8, 12, /no ranges/, /quotes/],
    ['tcp.flags.syn == 1', 0, 13, /says nothing of connections/, /segments/],
    ['eth.addr == 0', 0, 8, /says nothing of connections/, /src/],
    ['tcp.analysis.flags', 0, 18, /says nothing of connections/, /tcp\.port/],
    ['first > 2026-02-31', 8, 18, /not a value of first/, /2026-01-31/],
    ['and port == 1', 0, 3, /nothing to stand on/, /quotes/],
    ['port == 1 and', 13, 13, /condition is missing/, /write/],
    ['sort:nothing-desc', 5, 17, /no field "nothing"/, /sort/],
    ['1..5', 1, 3, /range needs a field/, /port in/],
    ['watched == maybe', 11, 16, /true or false/, /true/],
    ['severity == bad', 12, 15, /four words/, /high/],
    ['('.repeat(100), 64, 65, /brackets/, /take/],
    ['a'.repeat(5000), 4096, 5000, /too long/, /4096/],
    [`name matches ${'a'.repeat(501)}`, 13, 514, /pattern is too long/, /500/],
    ['name ~ "(.{0,90}){9}"', 7, 21, /steps to take/, /repeat less/],
    ['name ~ "[a-z]{600}" or ua ~ "[a-z]{600}"', 28, 40, /steps to take/, /together/],
  ])('%.20s', (text, start, end, message, hint) => {
    const read = readFilter(text);
    if (!('error' in read)) throw new Error('it was read');
    expect(read.error).toMatchObject({ start, end });
    expect(read.error.message).toMatch(message);
    expect(read.error.hint).toMatch(hint);
  });

  it('does not hang on a pattern that other engines go astray in', () => {
    const rows = [{ name: `${'a'.repeat(5000)}!` }];
    expect(met('name matches "(a+)+$"', rows)).toEqual([]);
  });
});

describe('a set of values', () => {
  it('remembers what it said of a text, of a bounded number of them', () => {
    const asked: string[] = [];
    const test = remembered((text) => {
      asked.push(text);
      return text === 'x';
    });
    for (let text = 0; text < 100_000; text++) test(String(text % 9));
    expect(asked).toHaveLength(9);
    for (let text = 0; text < 100_000; text++) test(String(text));
    // What came long ago is asked for again: not all of it was kept.
    expect(test('5')).toBe(false);
    expect(asked.filter((text) => text === '5')).toHaveLength(2);
    expect(test('x')).toBe(true);
  });

  it('of four thousand characters is met by any of its values', () => {
    const rows = Array.from({ length: 5000 }, (_, row) => ({ src: `10.1.${row >> 4}.${16 * (row & 15)}` }));
    const networks = Array.from({ length: 230 }, (_, network) => `10.1.${network}.0/25`);
    expect(met(`src in {${networks.join(' ')}}`, rows)).toHaveLength(230 * 8);
  });
});

describe('what a list lacks', () => {
  it('is told, and nothing meets a condition on it', () => {
    expect(met('subdomains > 5', ROWS)).toEqual([]);
    expect(met('subdomains > 5 or port == 443', ROWS)).toEqual([0]);
  });
});
