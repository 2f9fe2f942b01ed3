import { describe, expect, it } from 'vitest';
import { arpRequest } from '../../builders/arp.ts';
import { ethernet, ETHERTYPE_IPV4, ETHERTYPE_QINQ } from '../../builders/ethernet.ts';
import { FAMILY_INET6_DARWIN, loopback } from '../../builders/null.ts';
import { sll } from '../../builders/sll.ts';
import { fromHex, hex, tight } from './hex.ts';

const payload = fromHex('4500');

describe('ethernet', () => {
  it('puts destination, source and type before the payload', () => {
    expect(hex(ethernet({ etherType: ETHERTYPE_IPV4, payload }))).toBe(tight('020000000002020000000001 0800 4500'));
  });

  it('puts tags in order, outermost first', () => {
    const frame = ethernet({
      etherType: ETHERTYPE_IPV4,
      payload,
      tags: [
        { type: ETHERTYPE_QINQ, id: 5 },
        { id: 0x123, priority: 3 },
      ],
    });
    expect(hex(frame.subarray(12))).toBe(tight('88a80005 81006123 0800 4500'));
  });

  it('pads to the least length of a frame', () => {
    const frame = ethernet({ etherType: ETHERTYPE_IPV4, payload, minimumLength: 60 });
    expect(frame.length).toBe(60);
    expect(frame.subarray(16).every((byte) => byte === 0)).toBe(true);
  });
});

describe('loopback', () => {
  it('writes the family in the order of the host', () => {
    expect(hex(loopback({ payload }))).toBe('020000004500');
    expect(hex(loopback({ payload, family: FAMILY_INET6_DARWIN, littleEndian: false }))).toBe('0000001e4500');
  });
});

describe('sll', () => {
  it('writes 16 bytes of header', () => {
    expect(hex(sll({ packetType: 4, source: '02:00:0a:00:00:05', protocol: 0x0800, payload }))).toBe(
      tight('0004 0001 0006 02000a0000050000 0800 4500'),
    );
  });
});

describe('arpRequest', () => {
  it('asks for an IPv4 address over Ethernet', () => {
    expect(hex(arpRequest({ sender: '10.0.0.1', target: '10.0.0.2' }))).toBe(
      tight('0001 0800 06 04 0001 02000a000001 0a000001 000000000000 0a000002'),
    );
  });
});
