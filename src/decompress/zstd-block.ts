import type { Decompress } from 'fzstd';
import { libraryState, type Table } from './zstd-window.ts';

/** What a block unpacks to at most (RFC 8878, section 3.1.1.2.4). */
const LARGEST_BLOCK = 1 << 17;
const BLOCK_HEADER = 3;
const COMPRESSED = 2;
const WITH_TREE = 2;
const LITERAL_BITS = [...Array<number>(16).fill(0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const NO_BITS = Array<number>(32).fill(0);
const MATCH_BITS = NO_BITS.concat([1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const LITERAL_BASES = basesOf(LITERAL_BITS, 0);
const MATCH_BASES = basesOf(MATCH_BITS, 3);
const LARGEST_OFFSET_CODE = 31;
const MOST_WEIGHT_ACCURACY = 6;

/**
 * Refuses blocks on which the library would go on without end, or long past the 128 KiB that a block may unpack to: a
 * few bytes can ask for billions. Asked for each block before the library has it, and by the library between a block's
 * tables and its first copy.
 */
export class ZstdBlockGuard {
  private block: Uint8Array = new Uint8Array(0);
  /** Where the number of sequences is told, and how many bytes the literals are. */
  private sequencesAt = 0;
  private literals = 0;
  /** Sequences that were looked at: what the work is, for tests. */
  steps = 0;

  /** Lets the guard see the tables of each block, which the library keeps for the block after. */
  watch(library: Decompress): void {
    const state = libraryState(library);
    if (state === null) return;
    let kept = state.t;
    Object.defineProperty(state, 't', {
      get: () => kept,
      set: (tables: readonly [Table, Table, Table]) => {
        this.checkSequences(...tables);
        kept = tables;
      },
    });
  }

  /** Takes the block, its header included, that the library is given next; throws where it cannot be right. */
  begin(block: Uint8Array): void {
    this.block = block;
    if (((block[0] >> 1) & 3) !== COMPRESSED) {
      const length = (block[0] | (block[1] << 8) | (block[2] << 16)) >> 3;
      if (length > LARGEST_BLOCK) throw new Error(`a block of ${length} bytes`);
      return;
    }
    const kind = block[BLOCK_HEADER] & 3;
    const { headerBytes, regenerated, packed } = kind < WITH_TREE ? plainLiterals(block) : packedLiterals(block);
    if (regenerated > LARGEST_BLOCK) throw new Error(`a block of ${regenerated} bytes`);
    const literalsAt = BLOCK_HEADER + headerBytes;
    this.literals = regenerated;
    this.sequencesAt = literalsAt + packed;
    if (kind === WITH_TREE && isEndlessTree(block, literalsAt)) throw new Error('a Huffman tree of one weight');
  }

  private checkSequences(matches: Table, offsets: Table, literals: Table): void {
    const { block } = this;
    const last = block.at(-1) ?? 0;
    let at = 8 * block.length - 8 + 31 - Math.clz32(last);
    const bits = (count: number): number => {
      at -= count;
      const byte = at >> 3;
      const value = block[byte] | (block[byte + 1] << 8) | (block[byte + 2] << 16);
      return (value >> (at & 7)) & ((1 << count) - 1);
    };
    let literalState = bits(literals.b);
    let offsetState = bits(offsets.b);
    let matchState = bits(matches.b);
    let copied = 0;
    let unpacked = this.literals;
    for (let left = sequencesOf(block, this.sequencesAt); left > 0; left--) {
      this.steps++;
      const literalCode = literals.s[literalState];
      const matchCode = matches.s[matchState];
      const offsetCode = offsets.s[offsetState];
      if (literalCode >= LITERAL_BITS.length || matchCode >= MATCH_BITS.length || offsetCode > LARGEST_OFFSET_CODE)
        throw new Error('a length or an offset that there is not');
      at -= offsetCode;
      unpacked += MATCH_BASES[matchCode] + bits(MATCH_BITS[matchCode]);
      copied += LITERAL_BASES[literalCode] + bits(LITERAL_BITS[literalCode]);
      if (unpacked > LARGEST_BLOCK || copied > this.literals) throw new Error('a block of more bytes than it may have');
      if (left === 1) break;
      literalState = literals.t[literalState] + bits(literals.n[literalState]);
      matchState = matches.t[matchState] + bits(matches.n[matchState]);
      offsetState = offsets.t[offsetState] + bits(offsets.n[offsetState]);
    }
    if (at < 8 * this.sequencesAt) throw new Error('a block that ends before its last sequence');
  }
}

interface Literals {
  headerBytes: number;
  /** Bytes that they unpack to, and that they are packed in. */
  regenerated: number;
  packed: number;
}

/** Literals that are stored, or one byte repeated (section 3.1.1.3.1.1). */
function plainLiterals(block: Uint8Array): Literals {
  const [first, second, third] = block.subarray(BLOCK_HEADER);
  const format = (first >> 2) & 3;
  const headerBytes = [1, 2, 1, 3][format];
  const long = (first >> 4) | (second << 4);
  const regenerated = [first >> 3, long, first >> 3, long | (third << 12)][format];
  return { headerBytes, regenerated, packed: (first & 3) === 0 ? regenerated : 1 };
}

/** Literals packed by Huffman's codes: two lengths of 10, 14 or 18 bits. */
function packedLiterals(block: Uint8Array): Literals {
  const format = (block[BLOCK_HEADER] >> 2) & 3;
  const width = [10, 10, 14, 18][format];
  const headerBytes = (4 + 2 * width) / 8;
  let header = 0;
  for (let index = 0; index < headerBytes; index++) header += block[BLOCK_HEADER + index] * 256 ** index;
  const lengths = Math.floor(header / 16);
  return { headerBytes, regenerated: lengths % 2 ** width, packed: Math.floor(lengths / 2 ** width) };
}

function sequencesOf(block: Uint8Array, at: number): number {
  const first = block[at];
  if (first < 128) return first;
  return first < 255 ? ((first - 128) << 8) | block[at + 1] : (block[at + 1] | (block[at + 2] << 8)) + 0x7f00;
}

/**
 * Whether the weights of a Huffman tree are packed with a table of one symbol (section 4.1.1): it takes no bits, and
 * the library reads weights until the bits end. In such a table all symbols are absent, told by the number 1 and two
 * bits for how many more, but one, told by a number of ones alone.
 */
function isEndlessTree(block: Uint8Array, at: number): boolean {
  if (block[at] >= 128) return false;
  let bit = 8 * (at + 1);
  const bits = (count: number): number => {
    const byte = bit >> 3;
    const value = ((block[byte] | (block[byte + 1] << 8) | (block[byte + 2] << 16)) >> (bit & 7)) & ((1 << count) - 1);
    bit += count;
    return value;
  };
  const accuracy = bits(4) + 5;
  if (accuracy > MOST_WEIGHT_ACCURACY) return false;
  while (bits(accuracy) === 1) {
    let more = bits(2);
    while (more === 3) more = bits(2);
  }
  bit -= accuracy;
  return bits(accuracy + 1) === 2 ** (accuracy + 1) - 1;
}

function basesOf(bits: readonly number[], first: number): number[] {
  let base = first;
  return bits.map((count) => (base += 1 << count) - (1 << count));
}
