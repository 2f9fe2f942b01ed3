/** Bytes of a text, one byte a character (Latin-1): names with odd bytes are written as they go over the wire. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** A 16-bit number in network order. */
export function u16(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

/** A 32-bit number in network order. */
export function u32(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** The parts one after another. */
export function concat(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** `length` bytes of a short repeating pattern: stands for content nobody reads, and compresses well. */
export function filler(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => 0x41 + (i % 16));
}
