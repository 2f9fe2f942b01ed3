import { Huffman } from './huffman.ts';
import { LARGEST_BLOCK } from './window.ts';

const REPEATED = 1;
const WITH_TREE = 2;

/** The literals of a block (RFC 8878, section 3.1.1.3.1), unpacked into one buffer that serves all blocks. */
export class Literals {
  readonly bytes = new Uint8Array(LARGEST_BLOCK);
  length = 0;
  private readonly huffman = new Huffman();

  /** Begins a frame. */
  reset(): void {
    this.huffman.reset();
  }

  /** Reads the literals at the begin of a block `[at, end)`; comes back with where they end. */
  read(bytes: Uint8Array, at: number, end: number): number {
    const kind = bytes[at] & 3;
    return kind < WITH_TREE ? this.plain(bytes, at, end, kind) : this.packed(bytes, at, end, kind);
  }

  /** Stored, or one byte repeated. */
  private plain(bytes: Uint8Array, at: number, end: number, kind: number): number {
    const format = (bytes[at] >> 2) & 3;
    const headerBytes = [1, 2, 1, 3][format];
    const header = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
    const length = [header >> 3, header >> 4, header >> 3, header >> 4][format] & [31, 4095, 31, 0xf_ffff][format];
    const start = at + headerBytes;
    const next = start + (kind === REPEATED ? 1 : length);
    this.take(length, next, end);
    if (kind === REPEATED) this.bytes.fill(bytes[start], 0, length);
    else this.bytes.set(bytes.subarray(start, next));
    return next;
  }

  /** Packed by a code of Huffman's, in one stream or four: two lengths of 10, 14 or 18 bits. */
  private packed(bytes: Uint8Array, at: number, end: number, kind: number): number {
    const format = (bytes[at] >> 2) & 3;
    const width = [10, 10, 14, 18][format];
    const headerBytes = (4 + 2 * width) / 8;
    let header = 0;
    for (let index = 0; index < headerBytes; index++) header += bytes[at + index] * 256 ** index;
    const lengths = Math.floor(header / 16);
    const length = lengths % 2 ** width;
    const start = at + headerBytes;
    const next = start + Math.floor(lengths / 2 ** width);
    this.take(length, next, end);
    const streams = kind === WITH_TREE ? this.huffman.readTree(bytes, start, next) : start;
    if (format === 0) this.huffman.unpack(bytes, streams, next, this.bytes, 0, length);
    else this.huffman.unpackFour(bytes, streams, next, this.bytes, length);
    return next;
  }

  private take(length: number, next: number, end: number): void {
    if (length > LARGEST_BLOCK) throw new Error(`a block of ${length} bytes`);
    if (next > end) throw new Error('literals that end too early');
    this.length = length;
  }
}
