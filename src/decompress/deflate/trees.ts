import { Codes } from './codes.ts';

const MOST_LITERALS = 286;
const MOST_DISTANCES = 30;
const END_OF_BLOCK = 256;
/** The order in which the lengths of those codes come that lengths are written with. */
const LENGTH_ORDER = Uint8Array.of(16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15);
/** The first of their symbols that repeats, which repeats the length before; the two behind it repeat none. */
const SAME = 16;
const REPEAT_BITS = [2, 3, 7];
const REPEAT_LEAST = [3, 3, 11];

/** The codes of a block: of bytes, ends and lengths of copies, and of their distances. */
export interface Trees {
  literals: Codes;
  distances: Codes;
}

/** The codes of blocks that bring none of their own (RFC 1951, section 3.2.6). */
export const USUAL: Trees = {
  literals: new Codes(Uint8Array.from({ length: 288 }, (_, symbol) => usualLength(symbol))),
  distances: new Codes(new Uint8Array(32).fill(5)),
};

function usualLength(symbol: number): number {
  if (symbol < 144) return 8;
  if (symbol < END_OF_BLOCK) return 9;
  return symbol < 280 ? 7 : 8;
}

/** What trees are read from. */
export interface BitReader {
  bits: (count: number) => number;
  symbol: (codes: Codes) => number;
}

/** The codes that a block brings (section 3.2.7). One object serves all blocks. */
export class OwnTrees implements Trees {
  readonly literals = new Codes();
  readonly distances = new Codes();
  private readonly ofLengths = new Codes();
  private readonly lengths = new Uint8Array(MOST_LITERALS + MOST_DISTANCES);

  /** Reads them. Throws where they are none. */
  read(reader: BitReader): void {
    const { lengths, ofLengths } = this;
    const literals = reader.bits(5) + 257;
    const distances = reader.bits(5) + 1;
    const given = reader.bits(4) + 4;
    if (literals > MOST_LITERALS || distances > MOST_DISTANCES) throw new Error('codes for more than there is');
    lengths.fill(0, 0, LENGTH_ORDER.length);
    for (let index = 0; index < given; index++) lengths[LENGTH_ORDER[index]] = reader.bits(3);
    ofLengths.set(lengths.subarray(0, LENGTH_ORDER.length));
    if (!ofLengths.isWhole) throw new Error('fewer codes for lengths than there should be');
    const all = literals + distances;
    for (let index = 0; index < all;) {
      const symbol = reader.symbol(ofLengths);
      if (symbol < SAME) {
        lengths[index++] = symbol;
        continue;
      }
      const kind = symbol - SAME;
      const end = index + REPEAT_LEAST[kind] + reader.bits(REPEAT_BITS[kind]);
      if (end > all || (symbol === SAME && index === 0))
        throw new Error('lengths of codes that repeat what is not there');
      lengths.fill(symbol === SAME ? lengths[index - 1] : 0, index, end);
      index = end;
    }
    if (lengths[END_OF_BLOCK] === 0) throw new Error('a block without an end');
    this.literals.set(lengths.subarray(0, literals));
    this.distances.set(lengths.subarray(literals, all));
  }
}
