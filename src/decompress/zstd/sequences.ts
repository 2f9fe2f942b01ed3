import { basesOf } from '../deflate/codes.ts';
import { BackwardBits } from './backward-bits.ts';
import { FseTable } from './fse-table.ts';
import type { Literals } from './literals.ts';

/** Bits behind each code of a length, and the first length that it stands for (RFC 8878, section 3.1.1.3.2.1.1). */
const LITERAL_BITS = codes(16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCH_BITS = codes(32, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const LITERAL_BASES = basesOf(LITERAL_BITS, 0);
const MATCH_BASES = basesOf(MATCH_BITS, 3);
const LARGEST_OFFSET_CODE = 31;

/** The three kinds of codes, in the order in which their tables stand in a block. */
const KINDS = [
  { mostSymbol: LITERAL_BITS.length - 1, mostAccuracy: 9 },
  { mostSymbol: LARGEST_OFFSET_CODE, mostAccuracy: 8 },
  { mostSymbol: MATCH_BITS.length - 1, mostAccuracy: 9 },
];
/** Tables that are not told (section 3.1.1.3.2.2). */
const DEFAULTS = [
  new FseTable().build(
    6,
    [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
  ),
  new FseTable().build(5, [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1]),
  new FseTable().build(
    6,
    [
      1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
  ),
];

const TOO_LONG = 'a block of more bytes than it may have';

const DEFAULT = 0;
const ONE_SYMBOL = 1;
const TOLD = 2;

/** Matches of fewer bytes are copied one by one: a call takes longer. */
const SHORT_COPY = 24;

/**
 * What follows the literals of a block (RFC 8878, section 3.1.1.4): how many of them to take, and what to copy behind
 * them from what was unpacked before. Keeps the tables and the last three offsets for the frame's next block.
 */
export class Sequences {
  private readonly own = [new FseTable(), new FseTable(), new FseTable()];
  private readonly tables: (FseTable | null)[] = [null, null, null];
  private readonly offsets = [1, 4, 8];
  private readonly bits = new BackwardBits();
  private tablesEnd = 0;
  /** Sequences that were carried out: what the work is, for tests. */
  steps = 0;

  /** Begins a frame. */
  reset(): void {
    this.tables.fill(null);
    this.offsets.splice(0, 3, 1, 4, 8);
  }

  /**
   * Carries out the sequences `[at, end)` into `out[to, until)`, which may look back `history` bytes behind `to`; comes
   * back with where the block ends there. Throws where that does not fit, before it is copied.
   */
  unpack(
    packed: { bytes: Uint8Array; at: number; end: number },
    literals: Literals,
    place: { out: Uint8Array; to: number; until: number; history: number },
  ): number {
    const { out, until } = place;
    let { to } = place;
    const count = this.readCount(packed.bytes, packed.at, packed.end);
    let from = 0;
    if (count > 0) {
      this.bits.begin(packed.bytes, this.tablesEnd, packed.end);
      ({ to, from } = this.carryOut(count, literals, place));
    } else if (this.tablesEnd !== packed.end) throw new Error('a block that goes on behind its last sequence');
    const rest = literals.length - from;
    if (to + rest > until) throw new Error(TOO_LONG);
    out.set(literals.bytes.subarray(from, literals.length), to);
    return to + rest;
  }

  private carryOut(
    count: number,
    literals: Literals,
    { out, to: start, until, history }: { out: Uint8Array; to: number; until: number; history: number },
  ): { to: number; from: number } {
    const { bits } = this;
    const [literalTable, offsetTable, matchTable] = this.tables as FseTable[];
    const { bytes: literal, length: literalsEnd } = literals;
    const first = start - history;
    let to = start;
    let from = 0;
    let literalState = bits.few(literalTable.accuracy);
    let offsetState = bits.few(offsetTable.accuracy);
    let matchState = bits.few(matchTable.accuracy);
    this.steps += count;
    for (let left = count; left > 0; left--) {
      const offsetCode = offsetTable.symbols[offsetState];
      const matchCode = matchTable.symbols[matchState];
      const literalCode = literalTable.symbols[literalState];
      const value = 2 ** offsetCode + bits.take(offsetCode);
      const match = MATCH_BASES[matchCode] + bits.few(MATCH_BITS[matchCode]);
      const taken = LITERAL_BASES[literalCode] + bits.few(LITERAL_BITS[literalCode]);
      if (left > 1) {
        literalState = literalTable.bases[literalState] + bits.few(literalTable.bits[literalState]);
        matchState = matchTable.bases[matchState] + bits.few(matchTable.bits[matchState]);
        offsetState = offsetTable.bases[offsetState] + bits.few(offsetTable.bits[offsetState]);
      }
      if (from + taken > literalsEnd || to + taken + match > until) throw new Error(TOO_LONG);
      const offset = this.offsetOf(value, taken === 0);
      for (const end = from + taken; from < end;) out[to++] = literal[from++];
      const source = to - offset;
      if (source < first) throw new Error('a block that looks back further than there is something');
      if (match >= SHORT_COPY && offset >= match) out.copyWithin(to, source, source + match);
      else for (let index = 0; index < match; index++) out[to + index] = out[source + index];
      to += match;
    }
    if (bits.left !== 0) throw new Error('sequences of another length than they should be');
    return { to, from };
  }

  /** An offset that is told, or one of the last three (section 3.1.1.5). */
  private offsetOf(value: number, withoutLiterals: boolean): number {
    const { offsets } = this;
    if (value > 3) {
      offsets[2] = offsets[1];
      offsets[1] = offsets[0];
      return (offsets[0] = value - 3);
    }
    const which = value - 1 + Number(withoutLiterals);
    if (which === 0) return offsets[0];
    const offset = which === 3 ? offsets[0] - 1 : offsets[which];
    if (offset === 0) throw new Error('an offset of nothing');
    if (which > 1) offsets[2] = offsets[1];
    offsets[1] = offsets[0];
    return (offsets[0] = offset);
  }

  /** Reads how many sequences there are, and their tables. */
  private readCount(bytes: Uint8Array, at: number, end: number): number {
    const first = bytes[at];
    const isLong = first === 255;
    const headerBytes = first < 128 ? 1 : isLong ? 3 : 2;
    this.tablesEnd = at + headerBytes;
    if (this.tablesEnd > end) throw new Error('a block that ends before its sequences');
    const count =
      first < 128
        ? first
        : isLong
          ? (bytes[at + 1] | (bytes[at + 2] << 8)) + 0x7f00
          : ((first - 128) << 8) | bytes[at + 1];
    if (count > 0) this.readTables(bytes, end);
    return count;
  }

  private readTables(bytes: Uint8Array, end: number): void {
    const modes = bytes[this.tablesEnd++];
    for (const [kind, { mostSymbol, mostAccuracy }] of KINDS.entries()) {
      const mode = (modes >> (6 - 2 * kind)) & 3;
      const own = this.own[kind];
      if (mode === DEFAULT) this.tables[kind] = DEFAULTS[kind];
      else if (mode === ONE_SYMBOL) {
        const symbol = bytes[this.tablesEnd++];
        if (symbol > mostSymbol) throw new Error('a length or an offset that there is not');
        this.tables[kind] = own.repeat(symbol);
      } else if (mode === TOLD) {
        this.tablesEnd = own.read(bytes, this.tablesEnd, end, mostSymbol, mostAccuracy);
        this.tables[kind] = own;
      } else if (this.tables[kind] === null) throw new Error('a table of the block before, where there is none');
    }
    if (this.tablesEnd > end) throw new Error('a block that ends before its sequences');
  }
}

function codes(plain: number, behind: readonly number[]): Uint8Array {
  return Uint8Array.of(...Array<number>(plain).fill(0), ...behind);
}
