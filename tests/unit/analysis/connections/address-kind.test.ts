import { expect, it } from 'vitest';
import { addressKind } from '../../../../src/analysis/connections/address-kind.ts';

it.each([
  ['9.255.255.255', 'outside'], ['10.0.0.0', 'inside'], ['10.255.255.254', 'inside'], ['11.0.0.0', 'outside'],
  ['172.15.0.1', 'outside'], ['172.16.0.1', 'inside'], ['172.31.9.9', 'inside'], ['172.32.0.1', 'outside'],
  ['192.168.0.1', 'inside'], ['192.167.0.1', 'outside'], ['192.169.0.1', 'outside'],
  ['100.63.0.1', 'outside'], ['100.64.0.1', 'inside'], ['100.127.0.1', 'inside'], ['100.128.0.1', 'outside'],
  ['169.254.1.1', 'inside'], ['169.253.1.1', 'outside'], ['127.0.0.1', 'inside'], ['0.0.0.0', 'inside'],
  ['223.255.255.1', 'outside'], ['224.0.0.251', 'multicast'], ['239.255.255.250', 'multicast'], ['240.0.0.1', 'outside'],
  ['255.255.255.255', 'broadcast'], ['192.168.1.255', 'broadcast'], ['10.1.2.255', 'broadcast'], ['8.8.8.255', 'outside'],
  ['::', 'inside'], ['::1', 'inside'], ['::2', 'outside'], ['2001:db8::1', 'outside'],
  ['fbff::1', 'outside'], ['fc00::1', 'inside'], ['fdff:1::', 'inside'], ['fe7f::1', 'outside'], ['fe80::1', 'inside'],
  ['febf::1', 'inside'], ['fec0::1', 'outside'], ['ff02::fb', 'multicast'], ['ff0e::1', 'multicast'],
  ['::ffff:10.0.0.1', 'inside'], ['::ffff:8.8.8.8', 'outside'], ['::ffff:239.1.1.1', 'multicast'],
])('%s is %s', (address, kind) => {
  expect(addressKind(address)).toBe(kind);
});
