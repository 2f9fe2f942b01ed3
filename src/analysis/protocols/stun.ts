import { u16 } from '../memory/numbers.ts';
import { nameText } from './text.ts';

const HEADER = 20;
const MAGIC_COOKIE = [0x21, 0x12, 0xa4, 0x42];
const ATTRIBUTE_HEADER = 4;
const REALM = 0x0014;

/** Whether the bytes begin like a STUN message (RFC 8489, section 5): two zero bits and the magic cookie. */
export function isStun(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= HEADER &&
    bytes[start] < 0x40 &&
    MAGIC_COOKIE.every((byte, index) => bytes[start + 4 + index] === byte)
  );
}

/** The realm of a STUN message (RFC 8489, section 14.9): who the server says it is; '' without one. */
export function stunRealm(bytes: Uint8Array, start: number, end: number): string {
  const stop = Math.min(end, start + HEADER + u16(bytes, start + 2));
  let at = start + HEADER;
  while (at + ATTRIBUTE_HEADER <= stop) {
    const length = u16(bytes, at + 2);
    const value = at + ATTRIBUTE_HEADER;
    if (value + length > stop) return '';
    if (u16(bytes, at) === REALM) return nameText(bytes, value, value + length);
    at = value + Math.ceil(length / 4) * 4;
  }
  return '';
}
