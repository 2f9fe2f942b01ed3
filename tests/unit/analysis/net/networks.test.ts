import { describe, expect, it } from 'vitest';
import { DEFAULT_INTERNAL, readInternal } from '../../../../src/analysis/lists/internal-list.ts';
import { parseAddress } from '../../../../src/analysis/net/address.ts';
import { NetworkMap } from '../../../../src/analysis/net/network-map.ts';
import { isRefusal, type Network, networkText, parseNetwork } from '../../../../src/analysis/net/network.ts';

function network(text: string): Network {
  const parsed = parseNetwork(text);
  if (isRefusal(parsed)) throw new Error(parsed.reason);
  return parsed;
}

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', 4, [0, 0, 0, 0]],
    ['255.1.2.3', 4, [0xff010203, 0, 0, 0]],
    ['::', 6, [0, 0, 0, 0]],
    ['::1', 6, [0, 0, 0, 1]],
    ['2001:db8::a:0:b', 6, [0x20010db8, 0, 0xa, 0xb]],
    ['1:2:3:4:5:6:7:8', 6, [0x10002, 0x30004, 0x50006, 0x70008]],
    ['64:ff9b::192.0.2.1', 6, [0x64ff9b, 0, 0, 0xc0000201]],
    ['::FFFF:10.0.0.1', 4, [0x0a000001, 0, 0, 0]],
  ])('reads %s', (text, version, words) => {
    expect(parseAddress(text)).toEqual({ version, words });
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.-4',
    '1.2.3.4 ',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'g::',
    'fe80::1%eth0',
    '1.2.3.4::',
    '::1.2.3',
    '1:2:3:4:5:6:7:1.2.3.4',
    'a'.repeat(10_000),
    ':'.repeat(44),
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

describe('parseNetwork', () => {
  it.each([
    ['198.51.100.77/24', '198.51.100.0/24'],
    ['198.51.100.77', '198.51.100.77'],
    ['198.51.100.77/32', '198.51.100.77'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['2001:DB8:ffff::/33', '2001:db8:8000::/33'],
    ['::1/128', '::1'],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
  ])('reads %s as %s', (text, canonical) => {
    expect(networkText(network(text))).toBe(canonical);
    expect(network(canonical)).toEqual(network(text));
  });

  it.each([
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/8a',
    '::/129',
    '::ffff:10.0.0.0/95',
    'x/8',
    '/8',
  ])('refuses %s', (text) => {
    expect(isRefusal(parseNetwork(text))).toBe(true);
  });
});

describe('NetworkMap', () => {
  const map = new NetworkMap<string>();
  for (const text of ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '::/0', '2001:db8::/32']) map.add(network(text), text);
  const find = (text: string): string | undefined => map.find(parseAddress(text) ?? network('0.0.0.0').address);

  it('finds networks of fewer bits than a byte at each of their first bytes', () => {
    const wide = new NetworkMap<string>();
    for (const text of ['64.0.0.0/3', 'fc00::/7']) wide.add(network(text), text);
    const found = ['63.0.0.1', '64.0.0.0', '95.255.255.255', '96.0.0.0', 'fd00::1', 'fe00::1'].map((text) => {
      return wide.find(network(text).address);
    });
    expect(found).toEqual([undefined, '64.0.0.0/3', '64.0.0.0/3', undefined, 'fc00::/7', undefined]);
  });

  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['10.1.2.4', '10.1.0.0/16'],
    ['10.2.0.1', '10.0.0.0/8'],
    ['11.0.0.1', undefined],
    ['2001:db8::1', '2001:db8::/32'],
    ['2001:db9::1', '::/0'],
  ])('finds the smallest network of %s', (address, expected) => {
    expect(find(address)).toBe(expected);
  });

  it('keeps the first value of a network', () => {
    map.add(network('10.0.0.0/8'), 'second');
    expect(find('10.200.0.1')).toBe('10.0.0.0/8');
  });
});

describe('places', () => {
  const { places, problems } = readInternal(DEFAULT_INTERNAL);

  it.each([
    ['10.255.255.254', 'internal'],
    ['192.168.1.255', 'multicast'],
    ['8.8.8.255', 'external'],
    ['11.0.0.0', 'external'],
    ['172.31.0.1', 'internal'],
    ['172.32.0.1', 'external'],
    ['100.127.0.1', 'internal'],
    ['192.168.3.4', 'internal'],
    ['169.254.0.1', 'internal'],
    ['127.0.0.53', 'internal'],
    ['::1', 'internal'],
    ['fd00::1', 'internal'],
    ['fe80::1', 'internal'],
    ['2001:db8::1', 'external'],
    ['::ffff:10.0.0.1', 'internal'],
    ['8.8.8.8', 'external'],
    ['224.0.0.251', 'multicast'],
    ['239.255.255.250', 'multicast'],
    ['255.255.255.255', 'multicast'],
    ['0.0.0.0', 'multicast'],
    ['::', 'multicast'],
    ['ff02::fb', 'multicast'],
    ['no address', 'external'],
    ['9.255.255.254', 'external'],
    ['172.15.0.1', 'external'],
    ['192.167.0.1', 'external'],
    ['100.63.0.1', 'external'],
    ['100.128.0.1', 'external'],
    ['169.253.1.1', 'external'],
    ['223.255.255.1', 'external'],
    ['240.0.0.1', 'external'],
    ['fbff::1', 'external'],
    ['fdff:1::', 'internal'],
    ['fe7f::1', 'external'],
    ['febf::1', 'internal'],
    ['fec0::1', 'external'],
    ['::2', 'external'],
    ['::ffff:239.1.1.1', 'multicast'],
  ])('puts %s %s', (address, place) => {
    expect(places.of(address)).toBe(place);
  });

  it('take any list, and say which lines of it are no networks', () => {
    expect(problems).toEqual([]);
    const own = readInternal('198.51.100.0/24 # campus\n\nexample.com\n10.0.0.0/99');
    expect(own.places.of('198.51.100.9')).toBe('internal');
    expect(own.places.of('10.0.0.1')).toBe('external');
    expect(own.problems.map(({ line }) => line)).toEqual([3, 4]);
    expect(own.problems[0].reason).toBe('"example.com": not a network');
  });
});
