/** Bytes as lower-case hexadecimal without spaces. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The bytes of hexadecimal text; spaces are left out. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(tight(text), 'hex'));
}

/** Hexadecimal text without the spaces that keep its fields apart. */
export function tight(text: string): string {
  return text.replaceAll(' ', '');
}
