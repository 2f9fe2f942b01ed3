/** Two bytes in network order. */
export function u16(bytes: Uint8Array, at: number): number {
  return bytes[at] * 0x100 + bytes[at + 1];
}

/** Three bytes in network order. */
export function u24(bytes: Uint8Array, at: number): number {
  return bytes[at] * 0x10000 + u16(bytes, at + 1);
}

/** Four bytes in network order. */
export function u32(bytes: Uint8Array, at: number): number {
  return bytes[at] * 0x1000000 + u24(bytes, at + 1);
}

/** Two bytes, the least significant first. */
export function u16LittleEndian(bytes: Uint8Array, at: number): number {
  return bytes[at] + bytes[at + 1] * 0x100;
}

/** Four bytes, the least significant first. */
export function u32LittleEndian(bytes: Uint8Array, at: number): number {
  return u16LittleEndian(bytes, at) + u16LittleEndian(bytes, at + 2) * 0x10000;
}
