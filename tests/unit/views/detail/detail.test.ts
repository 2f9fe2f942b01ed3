import { describe, expect, it } from 'vitest';
import { deltasOf } from '../../../../src/views/detail/deltas.ts';
import { displayFilterOf } from '../../../../src/export/paste/wireshark.ts';

describe('the paste line', () => {
  it.each([
    ['10.0.0.1', '10.0.0.2', 443, 6, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && tcp.dstport == 443'],
    ['10.0.0.1', '10.0.0.2', 53, 17, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && udp.dstport == 53'],
    ['fe80::1', 'ff02::fb', 5353, 17, 'ipv6.src == fe80::1 && ipv6.dst == ff02::fb && udp.dstport == 5353'],
    ['fe80::1', 'ff02::2', 0, 58, 'ipv6.src == fe80::1 && ipv6.dst == ff02::2 && icmpv6'],
    ['10.0.0.1', '10.0.0.2', 0, 6, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && tcp'],
    ['10.0.0.1', '10.0.0.2', 0, 99, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && ip.proto == 99'],
    ['::1', '::2', 0, 99, 'ipv6.src == ::1 && ipv6.dst == ::2 && ipv6.nxt == 99'],
  ])('from %s to %s port %d protocol %d', (source, destination, port, protocol, filter) => {
    expect(displayFilterOf(source, destination, { port, protocol })).toBe(filter);
  });

  it('leaves the port out where there are several', () => {
    expect(displayFilterOf('10.0.0.1', '10.0.0.2', null)).toBe('ip.src == 10.0.0.1 && ip.dst == 10.0.0.2');
  });
});

it('deltas are the distances of starts', () => {
  expect([...deltasOf(Float64Array.of(5, 5, 65.5))]).toEqual([0, 60.5]);
  expect(deltasOf(new Float64Array(0))).toHaveLength(0);
});
