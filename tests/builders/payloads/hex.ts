/** Bytes written as hexadecimal digits; blanks between them do not count. */
export function hex(digits: string): Uint8Array {
  const packed = digits.replaceAll(/\s/g, '');
  return Uint8Array.from({ length: packed.length / 2 }, (_, i) => Number.parseInt(packed.slice(2 * i, 2 * i + 2), 16));
}
