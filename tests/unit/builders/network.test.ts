import { describe, expect, it } from 'vitest';
import { internetChecksum } from '../../builders/checksum.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { authenticationHeader, fragmentHeader, ipv6, optionsHeader, routingHeader } from '../../builders/ipv6.ts';
import { fromHex, hex, tight } from './hex.ts';

const source = '192.168.0.1';
const destination = '192.168.0.199';

describe('internetChecksum', () => {
  it('equals the example of RFC 1071, section 3', () => {
    expect(internetChecksum(fromHex('0001 f203 f4f5 f6f7'))).toBe(0xffff - 0xddf2);
  });

  it('takes an odd last byte as the high one', () => {
    expect(internetChecksum(fromHex('0102 03'))).toBe(0xffff - 0x0402);
  });
});

describe('ipv4', () => {
  it('writes a header with its checksum', () => {
    const packet = ipv4({ source, destination, protocol: 17, dontFragment: true, payload: new Uint8Array(95) });
    expect(hex(packet.subarray(0, 20))).toBe('45000073000040004011b861c0a80001c0a800c7');
    expect(packet.length).toBe(115);
  });

  it('counts options in the header length', () => {
    const packet = ipv4({
      source,
      destination,
      protocol: 6,
      options: fromHex('94040000 01'),
      payload: fromHex('aabb'),
    });
    expect(packet[0]).toBe(0x47);
    expect(hex(packet.subarray(2, 4))).toBe('001e');
    expect(hex(packet.subarray(20))).toBe('9404000001000000aabb');
    expect(internetChecksum(packet.subarray(0, 28))).toBe(0);
  });

  it('writes fragments in units of 8 bytes', () => {
    const fragment = ipv4({
      source,
      destination,
      protocol: 17,
      identification: 0xbeef,
      moreFragments: true,
      fragmentOffset: 1480,
      payload: fromHex('00'),
    });
    expect(hex(fragment.subarray(4, 8))).toBe('beef20b9');
  });

  it('lets the total length be overridden', () => {
    const packet = ipv4({ source, destination, protocol: 6, totalLength: 0, payload: new Uint8Array(40) });
    expect(hex(packet.subarray(2, 4))).toBe('0000');
    expect(packet.length).toBe(60);
  });
});

describe('ipv6', () => {
  const ends = { source: '2001:db8::1', destination: '2001:db8::2' };

  it('writes 40 bytes of header', () => {
    const packet = ipv6({
      ...ends,
      protocol: 6,
      flowLabel: 0xabcde,
      trafficClass: 0x12,
      hopLimit: 9,
      payload: fromHex('aa'),
    });
    expect(hex(packet)).toBe(
      tight('612abcde 0001 06 09 20010db8000000000000000000000001 20010db8000000000000000000000002 aa'),
    );
  });

  it('chains extension headers through their next header fields', () => {
    const packet = ipv6({
      ...ends,
      protocol: 17,
      payload: fromHex('aabb'),
      extensions: [
        optionsHeader(0),
        routingHeader(),
        fragmentHeader({ offset: 1480, more: true, identification: 7 }),
        optionsHeader(60, 16),
      ],
    });
    expect(packet[6]).toBe(0);
    expect(hex(packet.subarray(4, 6))).toBe((8 + 24 + 8 + 16 + 2).toString(16).padStart(4, '0'));
    expect(hex(packet.subarray(40))).toBe(
      tight(`2b00010400000000 2c020000${'00'.repeat(20)} 3c0005c900000007 1101010c${'00'.repeat(12)} aabb`),
    );
  });

  it('writes an authentication header of 24 bytes', () => {
    const packet = ipv6({ ...ends, protocol: 6, payload: new Uint8Array(0), extensions: [authenticationHeader()] });
    expect(packet[6]).toBe(51);
    expect(packet.length).toBe(64);
    expect(hex(packet.subarray(40, 44))).toBe('06040000');
  });
});
