import type { Bits } from './bits.ts';
import { PrefixCodes } from './huffman.ts';

const GROUP_SYMBOLS = 50;
const FEWEST_TABLES = 2;
const MOST_TABLES = 6;
const RUN_A = 0;
const RUN_B = 1;
const BLOCK_STEP = 100_000;

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
  private origin = 0;
  private readonly counts = new Int32Array(256);

  /** Reads a block, of which the magic number was read, of a stream with blocks of up to `level` times 100,000 bytes. */
  read(bits: Bits, level: number): void {
    const most = level * BLOCK_STEP;
    if (this.column.length < most) this.column = new Uint32Array(most);
    this.checksum = bits.readWord();
    if (bits.read(1) === 1) throw new Error('a randomised block, as bzip2 before 0.9.5 wrote them');
    this.origin = bits.read(24);
    const recent = usedBytes(bits);
    const groups = new Groups(bits, recent.length + 2);
    this.length = this.readColumn(groups, recent, most);
    if (this.origin >= this.length) throw new Error('a block without its first byte');
    this.link();
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

  /** Fills the column and returns its length. */
  private readColumn(groups: Groups, recent: Uint8Array, most: number): number {
    const { column, counts } = this;
    counts.fill(0);
    let length = 0;
    let run = 0;
    let weight = 1;
    for (;;) {
      const symbol = groups.next();
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
      if (symbol === groups.end) return length;
      if (length === most) throw new Error('a block that is longer than its stream lets it be');
      const byte = toFront(recent, symbol - 1);
      counts[byte]++;
      column[length++] = byte;
    }
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
  for (let at = place; at > 0; at--) list[at] = list[at - 1];
  list[0] = value;
  return value;
}

/** The symbols of a block, 50 at a time by one of some tables. */
class Groups {
  /** The symbol that ends the block. */
  readonly end: number;
  private readonly bits: Bits;
  private readonly tables: PrefixCodes[] = [];
  private readonly choices: Uint8Array;
  private group = 0;
  private left = 0;
  private codes: PrefixCodes;

  constructor(bits: Bits, symbols: number) {
    this.bits = bits;
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
    [this.codes] = this.tables;
  }

  next(): number {
    if (this.left === 0) {
      if (this.group === this.choices.length) throw new Error('a block without an end');
      this.codes = this.tables[this.choices[this.group++]];
      this.left = GROUP_SYMBOLS;
    }
    this.left--;
    return this.codes.next(this.bits);
  }
}
