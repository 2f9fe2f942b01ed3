import { basesOf, type Codes } from './codes.ts';
import { OwnTrees, type Trees, USUAL } from './trees.ts';

/** A copy reaches back this far at most. */
const HISTORY = 1 << 15;
/** Bytes that are handed on at a time. */
const PIECE = 1 << 16;
/** No header of a block is longer, and no symbol with its bits: where less lies at hand, more is asked for first. */
const MOST_HEADER = 600;
const MOST_SYMBOL = 8;
const [STORED, USUAL_CODES, OWN_CODES] = [0, 1, 2];
const LONGEST_CODE = 15;
const END_OF_BLOCK = 256;
/** What lengths and distances begin at, by symbol, and how many bits are added to it (RFC 1951, section 3.2.5). */
const LENGTH_BITS = Uint8Array.from({ length: 29 }, (_, code) => (code < 4 || code === 28 ? 0 : (code >> 2) - 1));
const LENGTH_BASES = basesOf(LENGTH_BITS, 3).fill(258, 28);
const DISTANCE_BITS = Uint8Array.from({ length: 30 }, (_, code) => Math.max(0, (code >> 1) - 1));
const DISTANCE_BASES = basesOf(DISTANCE_BITS, 1);
/** Shorter copies are made byte by byte. */
const LONG_COPY = 16;
const NOTHING = new Uint8Array(0);

/** Why a step ends: for more packed bytes, for want of room, or at the end. */
export type Stop = 'more' | 'full' | 'end';

/**
 * Unpacks deflate (RFC 1951), step by step and to the last byte before a fault. Blocks may be of no bytes, and streams of a
 * few: one object serves all of them, and what it does for each is of the order of the bytes that a block begins with.
 */
export class Inflater {
  /** Where the next packed byte stands, once a step has ended. */
  position = 0;
  private room = NOTHING;
  private out: Uint8Array = NOTHING;
  private to = 0;
  /** Where that begins which was not taken yet. */
  private taken = 0;
  private bytes: Uint8Array = NOTHING;
  private at = 0;
  private end = 0;
  private isAll = false;
  /** Bits that were read and not used yet, the next one lowest. */
  private held = 0;
  private count = 0;
  private state: 'block' | 'stored' | 'codes' = 'block';
  private isLast = false;
  /** Bytes that are still to come of a stored block, or of a copy, and from how far back. */
  private left = 0;
  private distance = 0;
  private trees: Trees = USUAL;
  private readonly own = new OwnTrees();

  /** Begins a stream, which is unpacked to `out`, or to the inflater's own room, piece by piece. */
  begin(out: Uint8Array | null = null): void {
    if (out === null && this.room.length === 0) this.room = new Uint8Array(HISTORY + PIECE);
    this.out = out ?? this.room;
    this.to = this.taken = this.held = this.count = this.left = 0;
    this.state = 'block';
    this.isLast = false;
  }

  /** Bytes that were unpacked since they were taken last: they are good until the next step. */
  take(): Uint8Array {
    const unpacked = this.out.subarray(this.taken, this.to);
    this.taken = this.to;
    return unpacked;
  }

  /**
   * Unpacks `bytes[start, end)`, behind which nothing comes where `isAll` says so: then the data is cut where more is wanted.
   * Throws where it is damaged. What was unpacked is to be taken before the next step.
   */
  step(bytes: Uint8Array, start: number, end: number, isAll: boolean): Stop {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.isAll = isAll;
    if (this.to === this.out.length && this.out === this.room) {
      this.room.copyWithin(0, this.to - HISTORY);
      this.to = this.taken = HISTORY;
    }
    try {
      for (;;) {
        const stop = this.next();
        if (stop !== null) return stop;
      }
    } catch (error) {
      // Behind the end are zeros, which may look like anything.
      if (this.isBehindEnd(this.at, this.count)) return 'more';
      throw error;
    } finally {
      this.giveBack();
      this.position = this.at;
      this.bytes = NOTHING;
    }
  }

  /** Goes on up to the end of a block's header or content, or to where it has to stop. */
  private next(): Stop | null {
    if (this.state === 'stored') return this.copyStored();
    if (this.state === 'codes') return this.symbols();
    if (this.isLast) {
      this.bits(this.count & 7);
      return 'end';
    }
    if (!this.isAll && this.end - this.at < MOST_HEADER) return 'more';
    this.beginBlock();
    return this.isBehindEnd(this.at, this.count) ? 'more' : null;
  }

  private beginBlock(): void {
    this.isLast = this.bits(1) === 1;
    const kind = this.bits(2);
    if (kind === STORED) {
      this.bits(this.count & 7);
      this.left = this.bits(16);
      if ((this.left ^ this.bits(16)) !== 0xffff) throw new Error('a stored block whose lengths differ');
      this.giveBack();
      this.state = 'stored';
      return;
    }
    if (kind !== USUAL_CODES && kind !== OWN_CODES) throw new Error('a block of a kind that there is not');
    if (kind === OWN_CODES) this.own.read(this);
    this.trees = kind === OWN_CODES ? this.own : USUAL;
    this.state = 'codes';
  }

  private copyStored(): Stop | null {
    const { bytes, at, out, to, left } = this;
    const count = Math.max(0, Math.min(left, this.end - at, out.length - to));
    out.set(bytes.subarray(at, at + count), to);
    this.at += count;
    this.to += count;
    this.left -= count;
    if (this.left > 0) return this.to === out.length ? 'full' : 'more';
    this.state = 'block';
    return null;
  }

  /** The symbols of a block. */
  private symbols(): Stop | null {
    const { bytes, end, out } = this;
    const { literals, distances } = this.trees;
    const last = this.isAll ? Number.POSITIVE_INFINITY : end - MOST_SYMBOL;
    if (!this.copy()) return 'full';
    let { at, held, count, to } = this;
    for (;;) {
      if (at > last) return this.stopped('more', to, at, held, count);
      for (; count < LONGEST_CODE; count += 8) {
        held |= (at < end ? bytes[at] : 0) << count;
        at++;
      }
      const entry = literals.entry(held);
      if (to === out.length && entry >> 4 !== END_OF_BLOCK) return this.stopped('full', to, at, held, count);
      held >>>= entry & LONGEST_CODE;
      count -= entry & LONGEST_CODE;
      const symbol = entry >> 4;
      if (entry !== 0 && symbol < END_OF_BLOCK) {
        if (this.isBehindEnd(at, count)) return this.stopped('more', to, at, held, count);
        out[to++] = symbol;
        continue;
      }
      this.stopped(null, to, at, held, count);
      if (entry === 0) throw new Error('a code that none has');
      if (symbol === END_OF_BLOCK) {
        this.state = 'block';
        return this.isBehindEnd(at, count) ? 'more' : null;
      }
      this.readCopy(symbol - END_OF_BLOCK - 1, distances);
      if (this.isBehindEnd(this.at, this.count)) return 'more';
      if (!this.copy()) return 'full';
      ({ at, held, count, to } = this);
    }
  }

  private stopped<Why extends Stop | null>(why: Why, to: number, at: number, held: number, count: number): Why {
    this.to = to;
    this.at = at;
    this.held = held;
    this.count = count;
    return why;
  }

  /** Reads the rest of a copy, whose length has a symbol. */
  private readCopy(length: number, distances: Codes): void {
    if (length >= LENGTH_BASES.length) throw new Error('a length that there is not');
    this.left = LENGTH_BASES[length] + this.bits(LENGTH_BITS[length]);
    const distance = this.symbol(distances);
    if (distance >= DISTANCE_BASES.length) throw new Error('a distance that there is not');
    this.distance = DISTANCE_BASES[distance] + this.bits(DISTANCE_BITS[distance]);
    if (this.distance > this.to && !this.isBehindEnd(this.at, this.count))
      throw new Error('a copy from before the first byte');
  }

  /** Copies as much as there is room for; comes back with whether that was all. */
  private copy(): boolean {
    const { out, to, distance } = this;
    const count = Math.min(this.left, out.length - to);
    const from = to - distance;
    if (distance === 1 && count > 0) out.fill(out[from], to, to + count);
    else if (distance >= count && count >= LONG_COPY) out.copyWithin(to, from, from + count);
    // A copy may overlap what it writes: that is how runs are packed.
    else for (let index = 0; index < count; index++) out[to + index] = out[from + index];
    this.to += count;
    this.left -= count;
    return this.left === 0;
  }

  /** The next bits, at most 16, as a number; zeros behind the end. */
  bits(count: number): number {
    this.hold(count);
    const bits = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    return bits;
  }

  /** The symbol of the next code. */
  symbol(codes: Codes): number {
    this.hold(LONGEST_CODE);
    const entry = codes.entry(this.held);
    if (entry === 0) throw new Error('a code that none has');
    this.held >>>= entry & LONGEST_CODE;
    this.count -= entry & LONGEST_CODE;
    return entry >> 4;
  }

  private hold(count: number): void {
    for (; this.count < count; this.count += 8) {
      this.held |= (this.at < this.end ? this.bytes[this.at] : 0) << this.count;
      this.at++;
    }
  }

  /** Whether bits were used that are not there. */
  private isBehindEnd(at: number, count: number): boolean {
    return count < 8 * (at - this.end);
  }

  /** Whole bytes that were read and not used are read again: what follows the stream begins there. */
  private giveBack(): void {
    this.at -= this.count >> 3;
    this.count &= 7;
    this.held &= (1 << this.count) - 1;
  }
}
