/**
 * Characters with codes of 5, 6, 7 and 8 bits in HPACK's Huffman code (RFC 7541, appendix B), in the order of the
 * codes, which are consecutive: all that host names are made of. Those with longer codes are left out.
 */
const SHORT_CODES: readonly [bits: number, first: number, characters: string][] = [
  [5, 0x00, '012aceiost'],
  [6, 0x14, ' %-./3456789=A_bdfghlmnpru'],
  [7, 0x5c, ':BCDEFGHIJKLMNOPQRSTUVWYjkqvwxyz'],
  [8, 0xf8, '&*,;XZ'],
];

const HUFFMAN = 0x80;
const AUTHORITY = 1;
/** More bytes than this a number does not need: its value fits 28 bits. */
const LONGEST_NUMBER = 4;

const decoded = new Uint8Array(512);

/** Reads the representations of header fields (RFC 7541, section 6) as far as finding one of them takes. */
class FieldReader {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;

  /** An integer whose first byte has `bits` bits of it (section 5.1); -1 where it does not end. */
  number(bits: number): number {
    const full = (1 << bits) - 1;
    let value = this.bytes[this.at++] & full;
    if (value < full) return value;
    for (let index = 0; index < LONGEST_NUMBER && this.at < this.end; index++) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) << (7 * index);
      if (byte < 0x80) return value;
    }
    return -1;
  }

  /** Length of a string literal (section 5.2) whose bytes begin at `at` then; -1 where it does not fit. */
  stringLength(): number {
    if (this.at >= this.end) return -1;
    const length = this.number(7);
    return length < 0 || this.at + length > this.end ? -1 : length;
  }

  skipString(): boolean {
    const length = this.stringLength();
    this.at += Math.max(0, length);
    return length >= 0;
  }
}

const reader = new FieldReader();

/**
 * The value of `:authority` in a block of header fields in `bytes[start, end)`, as bytes that the next call overwrites;
 * null without one, or where it is in the dynamic table or in a longer Huffman code.
 */
export function authorityField(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  reader.bytes = bytes;
  reader.at = start;
  reader.end = end;
  while (reader.at < end) {
    const first = bytes[reader.at];
    const indexBits = first >= 0x80 ? 7 : first >= 0x40 ? 6 : first >= 0x20 ? 5 : 4;
    const index = reader.number(indexBits);
    if (index < 0) return null;
    // An indexed field and a change of the table's size hold no string.
    if (first >= 0x80 || indexBits === 5) continue;
    if (index === 0 && !reader.skipString()) return null;
    if (index === AUTHORITY) return stringValue(bytes, end);
    if (!reader.skipString()) return null;
  }
  return null;
}

function stringValue(bytes: Uint8Array, end: number): Uint8Array | null {
  const isHuffman = reader.at < end && bytes[reader.at] >= HUFFMAN;
  const length = reader.stringLength();
  if (length < 0) return null;
  const { at } = reader;
  return isHuffman ? huffmanDecoded(bytes, at, at + length) : bytes.subarray(at, at + length);
}

function huffmanDecoded(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  let length = 0;
  let code = 0;
  let bits = 0;
  for (let at = start; at < end; at++) {
    for (let bit = 7; bit >= 0; bit--) {
      code = (code << 1) | ((bytes[at] >> bit) & 1);
      bits++;
      const character = characterOf(code, bits);
      if (character < 0) {
        if (bits >= 8) return at === end - 1 && code === (1 << bits) - 1 ? decoded.subarray(0, length) : null;
        continue;
      }
      if (length === decoded.length) return null;
      decoded[length++] = character;
      code = 0;
      bits = 0;
    }
  }
  return decoded.subarray(0, length);
}

/** The character of a whole code, -1 for the beginning of a longer one. */
function characterOf(code: number, bits: number): number {
  if (bits < 5 || bits > 8) return -1;
  const [, first, characters] = SHORT_CODES[bits - 5];
  const index = code - first;
  return index >= 0 && index < characters.length ? characters.charCodeAt(index) : -1;
}
