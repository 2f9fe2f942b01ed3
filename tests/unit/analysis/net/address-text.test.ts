import { describe, expect, it } from 'vitest';
import { ipv4Text, ipv6Text } from '../../../../src/analysis/net/address-text.ts';
import { addressBytes } from '../../../builders/address.ts';
import { memoryHeld } from '../../memory-held.ts';

function words(text: string): Int32Array {
  const bytes = addressBytes(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Int32Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(4 * i));
}

describe('addresses as text', () => {
  it.each(['0.0.0.0', '10.0.0.1', '203.0.113.255', '255.255.255.255'])('%s', (text) => {
    expect(ipv4Text(words(text)[0])).toBe(text);
  });

  it('of IPv4 take no more memory than their characters', () => {
    const before = memoryHeld().heapUsed;
    const texts = Array.from({ length: 300_000 }, (_, host) => ipv4Text(0xcbcb_0000 + host));
    expect((memoryHeld().heapUsed - before) / texts.length).toBeLessThan(56);
  });

  it('of IPv6 take no more memory than their characters', () => {
    const before = memoryHeld().heapUsed;
    const texts = Array.from({ length: 300_000 }, (_, host) => ipv6Text([0x2001_0db8, 0x00ab_cdef, 0, host], 0));
    expect((memoryHeld().heapUsed - before) / texts.length).toBeLessThan(64);
  });

  // RFC 5952: lower case, no leading zeros, the longest run of zeros (the first of equals) shortened, never a single
  // one.
  it.each([
    ['2001:0db8:0000:0000:0000:0000:0002:0001', '2001:db8::2:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['fe80:0:0:0:0:0:0:0', 'fe80::'],
    ['0:0:0:0:0:ffff:c000:201', '::ffff:192.0.2.1'],
    ['2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:FFFF', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff'],
  ])('%s is %s', (long, short) => {
    expect(ipv6Text(words(long), 0)).toBe(short);
  });
});
