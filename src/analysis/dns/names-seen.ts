import { mix } from '../memory/hash.ts';

/** 25 MB: of more names than this those of some tallies are given up. */
const MOST_NAMES = 1 << 20;
const FIRST_SLOTS = 1024;
const STRIDE = 3;

/** Which names were asked for in which tally, by 64 bits of hash of the name: bounded whatever is asked for. */
export class NamesSeen {
  count = 0;
  /** Tally plus one, 0 where a slot is free, and the two hashes of the name. */
  private slots = new Int32Array(FIRST_SLOTS * STRIDE);
  private readonly mostNames: number;

  /** `mostNames` is for tests of what happens when it is full. */
  constructor(mostNames = MOST_NAMES) {
    this.mostNames = mostNames;
  }

  get isFull(): boolean {
    return this.count >= this.mostNames;
  }

  /** Whether a name is new to a tally; notes it. Not to be asked when full. */
  isNew(tally: number, hash: number, otherHash: number): boolean {
    if ((this.count + 1) * 2 * STRIDE > this.slots.length) this.rebuild(this.slots.length * 2, (known) => known);
    const at = this.placeOf(tally + 1, hash, otherHash);
    if (this.slots[at] !== 0) return false;
    this.put(at, tally + 1, hash, otherHash);
    return true;
  }

  /**
   * Gives tallies other numbers.
   *
   * @param numbers by tally its next number, below 0 for one whose names are forgotten
   */
  renumber(numbers: Int32Array): void {
    this.rebuild(this.slots.length, (tally) => numbers[tally]);
  }

  /** Puts the names into that many slots, under the number that their tally gets, those below 0 nowhere. */
  private rebuild(length: number, numberOf: (tally: number) => number): void {
    const { slots } = this;
    this.slots = new Int32Array(length);
    this.count = 0;
    for (let at = 0; at < slots.length; at += STRIDE) {
      const tally = slots[at] === 0 ? -1 : numberOf(slots[at] - 1);
      if (tally < 0) continue;
      const place = this.placeOf(tally + 1, slots[at + 1], slots[at + 2]);
      this.put(place, tally + 1, slots[at + 1], slots[at + 2]);
    }
  }

  private put(at: number, tally: number, hash: number, otherHash: number): void {
    this.slots[at] = tally;
    this.slots[at + 1] = hash;
    this.slots[at + 2] = otherHash;
    this.count++;
  }

  /** Where a name is, or the free slot that it would take; slots are a power of two, and one is free. */
  private placeOf(tally: number, hash: number, otherHash: number): number {
    const { slots } = this;
    const mask = slots.length / STRIDE - 1;
    let slot = mix(hash, tally) & mask;
    for (let at = slot * STRIDE; slots[at] !== 0; at = slot * STRIDE) {
      if (slots[at] === tally && slots[at + 1] === hash && slots[at + 2] === otherHash) return at;
      slot = (slot + 1) & mask;
    }
    return slot * STRIDE;
  }
}
