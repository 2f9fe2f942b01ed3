import { ByteWriter } from '../bytes.ts';
import { latin1 } from './bytes.ts';

/** A name as NetBIOS encodes it (RFC 1001, section 14.1), with the byte that says what it is of. */
export function netbiosName(name: string, type: number): number[] {
  const bytes = [...latin1(name.padEnd(15)), type];
  return [32, ...bytes.flatMap((byte) => [0x41 + (byte >> 4), 0x41 + (byte & 15)]), 0];
}

/** A request to register a name for its sender (RFC 1002, section 4.2.2). */
export function netbiosRegistration(name: string, { type = 0, group = false } = {}): Uint8Array {
  const head = new ByteWriter().u16(7).u16(0x2910).u16(1).u16(0).u16(0).u16(1).bytes(netbiosName(name, type));
  head.u16(32).u16(1).u16(0xc00c).u16(32).u16(1).u32(300_000).u16(6);
  return head
    .u16(group ? 0x8000 : 0)
    .bytes([10, 0, 0, 1])
    .finish();
}

/** A datagram to a group (section 4.4.2) under its sender's name. */
export function netbiosDatagram(name: string): Uint8Array {
  const head = new ByteWriter().u8(0x11).u8(0x0a).u16(1).bytes([10, 0, 0, 1]).u16(138).u16(100).u16(0);
  return head.bytes(netbiosName(name, 0)).bytes(netbiosName('WORKGROUP', 0x1e)).text('data').finish();
}
