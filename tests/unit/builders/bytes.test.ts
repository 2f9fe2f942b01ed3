import { describe, expect, it } from 'vitest';
import { addressBytes, macBytes, macOf } from '../../builders/address.ts';
import { ByteWriter } from '../../builders/bytes.ts';
import { hex } from './hex.ts';

describe('ByteWriter', () => {
  it('writes big endian unless told otherwise', () => {
    expect(hex(new ByteWriter().u8(1).u16(0x0203).u32(0x04050607).finish())).toBe('01020304050607');
    expect(hex(new ByteWriter(true).u16(0x0203).u32(0x04050607).u16(0x0809, false).finish())).toBe('0302070605040809');
  });

  it("writes 64 bits, negative ones as two's complement", () => {
    expect(hex(new ByteWriter().u64(0x0102030405060708n).finish())).toBe('0102030405060708');
    expect(hex(new ByteWriter(true).u64(-2n).finish())).toBe('feffffffffffffff');
  });

  it('writes text as UTF-8', () => {
    expect(hex(new ByteWriter().text('aé€😀').finish())).toBe(hex(new TextEncoder().encode('aé€😀')));
  });

  it('aligns with zeros and grows beyond its first buffer', () => {
    expect(hex(new ByteWriter().u8(0xff).align(4).align(4).finish())).toBe('ff000000');
    const long = new ByteWriter().bytes(new Uint8Array(255).fill(7)).u32(0xdeadbeef).zeros(1000).finish();
    expect(long.length).toBe(1259);
    expect(hex(long.subarray(254, 260))).toBe('07deadbeef00');
  });
});

describe('addresses', () => {
  it('turns text into bytes', () => {
    expect(hex(addressBytes('192.0.2.129'))).toBe('c0000281');
    expect(hex(addressBytes('2001:db8::1'))).toBe('20010db8000000000000000000000001');
    expect(hex(addressBytes('::'))).toBe('00'.repeat(16));
    expect(hex(addressBytes('fe80:0:0:0:1:2:3:4'))).toBe('fe800000000000000001000200030004');
    expect(hex(macBytes('02:00:0a:00:00:ff'))).toBe('02000a0000ff');
  });

  it('makes a MAC address from an IP address', () => {
    expect(macOf('10.0.0.20')).toBe('02:00:0a:00:00:14');
    expect(macOf('2001:db8::a1b2:c3d4')).toBe('02:00:a1:b2:c3:d4');
  });
});
