import { BackwardBits } from './backward-bits.ts';
import { FseTable } from './fse-table.ts';

const MOST_BITS = 11;
const MOST_SYMBOLS = 256;
const MOST_WEIGHT_ACCURACY = 6;
const BITS_SHIFT = 8;
const JUMPS = 6;

/** A code of Huffman's for literals (RFC 8878, section 4.2), read for one block and kept for those behind. */
export class Huffman {
  /** By the next bits of a stream: a symbol, and how many of the bits are its own. */
  private readonly table = new Uint16Array(1 << MOST_BITS);
  private readonly weights = new Uint8Array(MOST_SYMBOLS);
  private readonly weightTable = new FseTable();
  private readonly bits = new BackwardBits();
  /** The longest code's bits; 0 as long as no tree was read. */
  private longest = 0;

  /** Forgets the tree: a frame begins. */
  reset(): void {
    this.longest = 0;
  }

  /** Reads a tree from `[at, end)` (section 4.2.1); comes back with where it ends. */
  readTree(bytes: Uint8Array, at: number, end: number): number {
    const head = bytes[at];
    const isPlain = head >= 128;
    const treeEnd = at + 1 + (isPlain ? (head - 126) >> 1 : head);
    if (treeEnd > end) throw new Error('a Huffman tree that ends too early');
    const count = isPlain ? this.plainWeights(bytes, at + 1, head - 127) : this.packedWeights(bytes, at + 1, treeEnd);
    this.build(count);
    return treeEnd;
  }

  /** Unpacks the stream `[at, end)` to `out[to, until)`. Throws where it is not exactly so much. */
  unpack(bytes: Uint8Array, at: number, end: number, out: Uint8Array, to: number, until: number): void {
    const { table, longest, bits } = this;
    if (longest === 0) throw new Error('literals without a Huffman tree');
    bits.begin(bytes, at, end);
    const mask = (1 << longest) - 1;
    let { left } = bits;
    let place = to;
    while (place < until && left >= longest) {
      const next = left - longest;
      const byte = at + (next >> 3);
      const value = bytes[byte] | (bytes[byte + 1] << 8) | (bytes[byte + 2] << 16);
      const entry = table[(value >> (next & 7)) & mask];
      out[place++] = entry;
      left -= entry >> BITS_SHIFT;
    }
    // The last codes have fewer bits behind them than the longest has.
    const rest = (bytes[at] | (bytes[at + 1] << 8)) & ((1 << Math.min(left, longest)) - 1);
    for (; place < until && left > 0; place++) {
      const entry = table[(rest << (longest - left)) & mask];
      out[place] = entry;
      left -= entry >> BITS_SHIFT;
    }
    if (left !== 0 || place !== until) throw new Error('literals of another length than they should be');
  }

  /** Unpacks four streams behind the lengths of the first three (section 4.2.2). */
  unpackFour(bytes: Uint8Array, at: number, end: number, out: Uint8Array, length: number): void {
    if (end - at < JUMPS) throw new Error('literals that end too early');
    const quarter = (length + 3) >> 2;
    let from = at + JUMPS;
    for (let stream = 0; stream < 4; stream++) {
      const jump = at + 2 * stream;
      const streamEnd = stream === 3 ? end : from + (bytes[jump] | (bytes[jump + 1] << 8));
      if (streamEnd > end) throw new Error('literals that end too early');
      const until = stream === 3 ? length : Math.min(length, quarter * (stream + 1));
      this.unpack(bytes, from, streamEnd, out, Math.min(length, quarter * stream), until);
      from = streamEnd;
    }
  }

  private plainWeights(bytes: Uint8Array, at: number, count: number): number {
    for (let index = 0; index < count; index++) {
      const byte = bytes[at + (index >> 1)];
      this.weights[index] = (index & 1) === 0 ? byte >> 4 : byte & 15;
    }
    return count;
  }

  /** Two states take turns until the bits end; a table of no bits would go on for ever, and is refused. */
  private packedWeights(bytes: Uint8Array, at: number, end: number): number {
    const { weights, weightTable: table, bits } = this;
    bits.begin(bytes, table.read(bytes, at, end, MOST_SYMBOLS - 1, MOST_WEIGHT_ACCURACY), end);
    let state = bits.few(table.accuracy);
    let other = bits.few(table.accuracy);
    for (let count = 0; count < MOST_SYMBOLS - 2;) {
      weights[count++] = table.symbols[state];
      const next = table.bases[state] + bits.few(table.bits[state]);
      if (bits.left < 0) {
        weights[count++] = table.symbols[other];
        return count;
      }
      state = other;
      other = next;
    }
    throw new Error('a Huffman tree of too many weights');
  }

  /** The last weight is not told: it fills the code up. */
  private build(count: number): void {
    const { weights, table } = this;
    let sum = 0;
    for (let symbol = 0; symbol < count; symbol++) {
      if (weights[symbol] > MOST_BITS) throw new Error('a Huffman code of too many bits');
      if (weights[symbol] > 0) sum += 1 << (weights[symbol] - 1);
    }
    const longest = 32 - Math.clz32(sum);
    const rest = (1 << longest) - sum;
    if (sum === 0 || longest > MOST_BITS || (rest & (rest - 1)) !== 0) throw new Error('a Huffman tree with holes');
    weights[count] = 32 - Math.clz32(rest);
    let at = 0;
    for (let weight = 1; weight <= longest; weight++) {
      const entry = (longest + 1 - weight) << BITS_SHIFT;
      for (let symbol = 0; symbol <= count; symbol++) {
        if (weights[symbol] !== weight) continue;
        const next = at + (1 << (weight - 1));
        table.fill(entry | symbol, at, next);
        at = next;
      }
    }
    this.longest = longest;
  }
}
