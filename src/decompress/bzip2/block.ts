import type { Bits } from './bits.ts';
import { LONGEST_CODE, PrefixCodes } from './huffman.ts';

const GROUP_SYMBOLS = 50;
const FEWEST_TABLES = 2;
const MOST_TABLES = 6;
const RUN_A = 0;
const RUN_B = 1;
const BLOCK_STEP = 100_000;
/** Bits of the longest group: where fewer lie at hand, more are asked for first. */
const MOST_GROUP = GROUP_SYMBOLS * LONGEST_CODE;
/** Shorter moves to the front are made byte by byte. */
const LONG_MOVE = 32;
const NOTHING = new Uint8Array(0);

/**
 * One block of bzip2: prefix codes, runs of the symbol in front and places in a list of recent bytes lead to the last
 * column of the sorted rotations (Burrows and Wheeler), which `bytes` walks back. One object serves all blocks.
 */
export class Block {
  /** What the block says the CRC-32 of its bytes is. */
  checksum = 0;
  /** In the low byte of each place the last column, above it where the byte behind it stands. */
  private column = new Uint32Array(0);
  private length = 0;
  private most = 0;
  private origin = 0;
  private readonly counts = new Int32Array(256);
  private recent: Uint8Array = NOTHING;
  /** Bytes of a run that were told so far, and what its next symbol counts. */
  private run = 0;
  private weight = 1;

  /**
   * Reads what stands in front of the symbols of a block, whose magic number was read, of a stream with blocks of up to `level`
   * times 100,000 bytes. Comes back with what `readOn` reads the symbols with.
   */
  begin(bits: Bits, level: number): Groups {
    this.most = level * BLOCK_STEP;
    if (this.column.length < this.most) this.column = new Uint32Array(this.most);
    this.checksum = bits.readWord();
    if (bits.read(1) === 1) throw new Error('a randomised block, as bzip2 before 0.9.5 wrote them');
    this.origin = bits.read(24);
    this.recent = usedBytes(bits);
    this.length = this.run = 0;
    this.weight = 1;
    this.counts.fill(0);
    return new Groups(bits, this.recent.length + 2);
  }

  /**
   * Reads on where it has begun, and comes back with whether that is the block's end: where not, more bits are wanted, behind the
   * last that were taken. Throws `OutOfBits` where `isAll` says that there are no more.
   */
  readOn(groups: Groups, bits: Bits, isAll: boolean): boolean {
    if (!this.readColumn(groups, bits, isAll)) return false;
    if (this.origin >= this.length) throw new Error('a block without its first byte');
    this.link();
    return true;
  }

  /** The bytes of the block in order, still with its runs of equal bytes cut short. */
  *bytes(pieceBytes: number): Generator<Uint8Array> {
    const { column } = this;
    const piece = new Uint8Array(Math.min(pieceBytes, this.length));
    let at = column[this.origin] >>> 8;
    for (let left = this.length; left > 0;) {
      const count = Math.min(left, pieceBytes);
      for (let index = 0; index < count; index++) {
        const entry = column[at];
        piece[index] = entry & 0xff;
        at = entry >>> 8;
      }
      left -= count;
      yield piece.subarray(0, count);
    }
  }

  /** Fills the column group by group; comes back with whether that is all of it. */
  private readColumn(groups: Groups, bits: Bits, isAll: boolean): boolean {
    for (;;) {
      if (!isAll && bits.left < MOST_GROUP) return false;
      if (this.readGroup(groups.next(), groups.end, bits)) return true;
    }
  }

  /** Adds the symbols of a group to the column; comes back with whether the last one ends it. */
  private readGroup(codes: PrefixCodes, end: number, bits: Bits): boolean {
    const { column, counts, recent, most } = this;
    let { length, run, weight } = this;
    let symbol = RUN_A;
    for (let left = GROUP_SYMBOLS; left > 0 && symbol !== end; left--) {
      symbol = codes.next(bits);
      if (symbol === RUN_A || symbol === RUN_B) {
        run += weight << symbol;
        weight <<= 1;
        if (run > most - length) throw new Error('a block that is longer than its stream lets it be');
        continue;
      }
      if (run > 0) {
        column.fill(recent[0], length, length + run);
        counts[recent[0]] += run;
        length += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) break;
      if (length === most) throw new Error('a block that is longer than its stream lets it be');
      const byte = toFront(recent, symbol - 1);
      counts[byte]++;
      column[length++] = byte;
    }
    this.length = length;
    this.run = run;
    this.weight = weight;
    return symbol === end;
  }

  /** Notes for each byte where the one that follows it stands. */
  private link(): void {
    const { column, counts, length } = this;
    let sum = 0;
    for (let byte = 0; byte < 256; byte++) {
      const count = counts[byte];
      counts[byte] = sum;
      sum += count;
    }
    for (let place = 0; place < length; place++) column[counts[column[place] & 0xff]++] |= place << 8;
  }
}

/** The bytes that occur in a block, as a map of 16 times 16 bits of which those without a bit are left out. */
function usedBytes(bits: Bits): Uint8Array {
  const used: number[] = [];
  const rows = bits.read(16);
  for (let row = 0; row < 16; row++) {
    if ((rows & (0x8000 >> row)) === 0) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++) if ((columns & (0x8000 >> column)) !== 0) used.push(16 * row + column);
  }
  if (used.length === 0) throw new Error('a block without bytes');
  return Uint8Array.from(used);
}

/** Takes the value at a place to the front of a list. */
function toFront(list: Uint8Array, place: number): number {
  const value = list[place];
  if (place >= LONG_MOVE) list.copyWithin(1, 0, place);
  else for (let at = place; at > 0; at--) list[at] = list[at - 1];
  list[0] = value;
  return value;
}

/** The tables that the groups of 50 symbols of a block are read with. */
export class Groups {
  /** The symbol that ends the block. */
  readonly end: number;
  private readonly tables: PrefixCodes[] = [];
  private readonly choices: Uint8Array;
  private group = 0;

  constructor(bits: Bits, symbols: number) {
    this.end = symbols - 1;
    const tables = bits.read(3);
    if (tables < FEWEST_TABLES || tables > MOST_TABLES) throw new Error(`a block with ${tables} tables`);
    const groups = bits.read(15);
    this.choices = new Uint8Array(groups);
    const recent = Uint8Array.from({ length: tables }, (_, table) => table);
    for (let group = 0; group < groups; group++) {
      let place = 0;
      while (bits.read(1) === 1) if (++place >= tables) throw new Error('a group without a table');
      this.choices[group] = toFront(recent, place);
    }
    for (let table = 0; table < tables; table++) this.tables.push(PrefixCodes.read(bits, symbols));
  }

  /** The codes of the next group. */
  next(): PrefixCodes {
    if (this.group === this.choices.length) throw new Error('a block without an end');
    return this.tables[this.choices[this.group++]];
  }
}
