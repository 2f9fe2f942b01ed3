import { describe, expect, it } from 'vitest';
import { packedVendors } from '../../../src/vendors/packed.ts';
import { unpackedVendors, vendorOf } from '../../../src/vendors/vendor-of.ts';

const PLACE = '1 Main Street\nSomewhere';

describe('makers of adapters', () => {
  it('are kept by name, without how they are incorporated, with all their blocks', () => {
    const packed = packedVendors({
      F00001: `Acme Co., Ltd.\n${PLACE}`,
      '00000A': `Acme Co., Ltd.\n${PLACE}`,
      '00000B': `ACME  Networks Inc\n${PLACE}`,
      '10000B': `ACME Networks Inc\n${PLACE}`,
    });
    expect(packed.split('\n')).toHaveLength(2);
    expect(Object.fromEntries(unpackedVendors(packed))).toEqual({
      [0xf00001]: 'Acme',
      [0x00000a]: 'Acme',
      [0x00000b]: 'ACME Networks',
      [0x10000b]: 'ACME Networks',
    });
  });

  it('are those of several blocks of 24 bits alone', () => {
    const one = { '00000A': 'One Block Inc' };
    const registry = { '00000B': 'IEEE Registration Authority', '00000C': 'IEEE Registration Authority' };
    expect(packedVendors({ ...one, ...registry, '00000D1': 'Small', '00000D2': 'Small' })).toBe('');
  });

  it('are found by the first half of an address', () => {
    expect(vendorOf(0x000c_29aa_bbcc)).toBe('VMware');
    expect(vendorOf(0x0200_0000_0001)).toBe('');
  });
});
