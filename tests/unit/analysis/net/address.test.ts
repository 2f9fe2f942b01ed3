import { describe, expect, it } from 'vitest';
import { canonicalAddress, parseAddress, readAddress, withoutZone } from '../../../../src/analysis/net/address.ts';

describe('an address in text', () => {
  it.each([
    '1.2.3.4::1',
    '010.0.0.1',
    '1.2.3.04',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1..2.3',
    '1:2:3:4:5:6:7',
    '1::2::3',
    '::1.2.3.4:5',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'fe80::1%eth0',
    '',
    'example.net',
  ])('is none: %s', (text) => {
    expect(readAddress(text)).toBe(0);
    expect(parseAddress(text)).toBeNull();
    expect(canonicalAddress(text)).toBeNull();
  });

  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['10.0.0.1', '10.0.0.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
    ['::FFFF:102:304', '::ffff:1.2.3.4'],
    ['1::', '1::'],
  ])('is one: %s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  it('is an IPv6 address as it lies in a packet, and looked up as the IPv4 address that it is mapped from', () => {
    expect(readAddress('::ffff:1.2.3.4')).toBe(6);
    expect(parseAddress('::ffff:1.2.3.4')).toEqual(parseAddress('1.2.3.4'));
  });

  it('has a zone behind it in logs, which says on which link it lies', () => {
    expect(withoutZone('fe80::1%eth0')).toBe('fe80::1');
    expect(withoutZone('fe80::1')).toBe('fe80::1');
  });
});
