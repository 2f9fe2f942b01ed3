import { ByteWriter } from './bytes.ts';
import { internetChecksum, putChecksum } from './checksum.ts';

export const PROTOCOL_ICMP = 1;

export interface IcmpMessage {
  type: number;
  code?: number;
  /** The four bytes after the checksum: identifier and sequence number of an echo, unused for most errors. */
  rest?: number;
  payload?: Uint8Array;
}

/** An ICMP message (RFC 792). */
export function icmp({ type, code = 0, rest = 0, payload = new Uint8Array(0) }: IcmpMessage): Uint8Array {
  const message = new ByteWriter().u8(type).u8(code).u16(0).u32(rest).bytes(payload).finish();
  putChecksum(message, 2, internetChecksum(message));
  return message;
}

/** An echo request (type 8) or its reply (type 0). */
export function icmpEcho(type: 8 | 0, identifier: number, sequence: number, payload?: Uint8Array): Uint8Array {
  const rest = identifier * 0x10000 + sequence;
  return icmp(payload ? { type, rest, payload } : { type, rest });
}
