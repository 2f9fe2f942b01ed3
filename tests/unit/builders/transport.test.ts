import { describe, expect, it } from 'vitest';
import { transportChecksum } from '../../builders/checksum.ts';
import { icmpEcho } from '../../builders/icmp.ts';
import { ACK, maximumSegmentSize, PROTOCOL_TCP, SYN, tcp } from '../../builders/tcp.ts';
import { PROTOCOL_UDP, udp } from '../../builders/udp.ts';
import { fromHex, hex, tight } from './hex.ts';

const addresses = { source: '10.0.0.1', destination: '10.0.0.2' };

describe('tcp', () => {
  it('writes ports, numbers, flags and options', () => {
    const segment = tcp({
      sourcePort: 50_000,
      destinationPort: 443,
      sequence: 0xfffffff0,
      acknowledgment: 2,
      flags: SYN | ACK,
      options: maximumSegmentSize(1460),
      payload: fromHex('aa'),
    });
    expect(hex(segment)).toBe(tight('c35001bb fffffff0 00000002 6012ffff 00000000 020405b4 aa'));
  });

  it('sums to zero with its pseudo header, over IPv4 and IPv6', () => {
    for (const pair of [addresses, { source: '2001:db8::1', destination: '2001:db8::2' }]) {
      const segment = tcp({ sourcePort: 1, destinationPort: 2, payload: fromHex('010203'), addresses: pair });
      expect(transportChecksum(pair, PROTOCOL_TCP, segment)).toBe(0);
    }
  });

  it('has the checksum worked out by hand', () => {
    // 0a00+0001+0a00+0002 + 0006+0014 + 0001+0002 + 0+0 + 0+0 + 5010+ffff = 1642f -> 6430; ~6430 = 9bcf
    expect(hex(tcp({ sourcePort: 1, destinationPort: 2, addresses }).subarray(16, 18))).toBe('9bcf');
  });
});

describe('udp', () => {
  it('writes ports, length and no checksum without addresses', () => {
    expect(hex(udp({ sourcePort: 53, destinationPort: 1024, payload: fromHex('aabbcc') }))).toBe(
      '00350400000b0000aabbcc',
    );
    expect(hex(udp({ sourcePort: 53, destinationPort: 1024, length: 0 }))).toBe('0035040000000000');
  });

  it('sends a computed checksum of 0 as ffff', () => {
    // 0a00+0001+0a00+0002 + 0011+000a + 000a = 1428, so ebd7 makes it ffff
    const zero = udp({ sourcePort: 0, destinationPort: 0, payload: fromHex('ebd7'), addresses });
    expect(hex(zero.subarray(6, 8))).toBe('ffff');
    expect(transportChecksum(addresses, PROTOCOL_UDP, zero)).toBe(0);
  });
});

describe('icmpEcho', () => {
  it('writes identifier, sequence number and checksum', () => {
    expect(hex(icmpEcho(8, 0x1234, 1, fromHex('0000')))).toBe(tight('0800 e5ca 12340001 0000'));
    expect(hex(icmpEcho(0, 0, 0))).toBe('0000ffff00000000');
  });
});
