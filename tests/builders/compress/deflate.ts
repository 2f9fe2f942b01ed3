import { crc32 } from 'node:zlib';

/** Lengths of codes are written with sixteen codes of four bits here, in this order of their symbols. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LENGTH_CODE_BITS = 4;
const END_OF_BLOCK = 256;

/** Bits, the lowest of each byte first, as deflate has them. */
export class BitWriter {
  private readonly written: number[] = [];

  put(value: number, count: number): this {
    for (let bit = 0; bit < count; bit++) this.written.push((value >> bit) & 1);
    return this;
  }

  /** A code, whose highest bit comes first. */
  code(value: number, count: number): this {
    for (let bit = count - 1; bit >= 0; bit--) this.written.push((value >> bit) & 1);
    return this;
  }

  /** The bits again and again, up to a whole byte. */
  get times8(): Uint8Array<ArrayBuffer> {
    const again = new BitWriter();
    for (let time = 0; time < 8; time++) again.written.push(...this.written);
    return again.finish();
  }

  finish(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.ceil(this.written.length / 8));
    for (const [at, bit] of this.written.entries()) bytes[at >> 3] |= bit << (at & 7);
    return bytes;
  }
}

/** Begins a block with codes of its own (RFC 1951, section 3.2.7), told by their lengths: what is put behind it is in them. */
export function ownCodes(
  bits: BitWriter,
  literals: readonly number[],
  distances: readonly number[],
  isLast = true,
): BitWriter {
  bits.put(Number(isLast), 1).put(2, 2);
  bits
    .put(literals.length - 257, 5)
    .put(distances.length - 1, 5)
    .put(LENGTH_ORDER.length - 4, 4);
  for (const symbol of LENGTH_ORDER) bits.put(symbol < 16 ? LENGTH_CODE_BITS : 0, 3);
  for (const length of [...literals, ...distances]) bits.code(length, LENGTH_CODE_BITS);
  return bits;
}

/** Lengths of codes for an end of one bit, and for sixteen bytes up to the longest code that there is. */
export const LONGEST_CODES: readonly number[] = [
  ...Array.from({ length: END_OF_BLOCK }, (_, byte) => (byte < 14 ? byte + 2 : byte === 14 ? 15 : 0)),
  1,
];
const LONGEST_DISTANCES: readonly number[] = Array.from({ length: 16 }, (_, code) => Math.min(15, code + 1));

/** Deflate of about so many bytes that becomes none: blocks that each bring codes as long as there are, and end. */
export function deflateOfCodes(bytes: number): Uint8Array<ArrayBuffer> {
  const eight = ownCodes(new BitWriter(), LONGEST_CODES, LONGEST_DISTANCES, false).put(0, 1).times8;
  const last = Uint8Array.of(1, 0, 0, 0xff, 0xff);
  return new Uint8Array(Buffer.concat([...Array.from({ length: bytes / eight.length }, () => eight), last]));
}

/** A gzip member around deflate, and what that unpacks to. */
export function gzipMember(deflate: Uint8Array, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return new Uint8Array(Buffer.concat([Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3), deflate, trailer]));
}
