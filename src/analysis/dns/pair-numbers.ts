import { mix } from '../flows/hash.ts';

const STRIDE = 3;
const FIRST_SLOTS = 1024;

/** Numbers pairs of whole numbers in order of appearance, up to a limit. */
export class PairNumbers {
  count = 0;
  /** The first number plus one, 0 where a slot is free; the second; and the number of the pair. */
  private slots = new Int32Array(FIRST_SLOTS * STRIDE);
  private readonly mostPairs: number;

  constructor(mostPairs: number) {
    this.mostPairs = mostPairs;
  }

  /** The number of a pair, given to it when it is new; -1 for one that finds no room. `first` is not below 0. */
  numberOf(first: number, second: number): number {
    if (this.count * 2 * STRIDE >= this.slots.length) this.grow();
    const at = placeOf(this.slots, first + 1, second);
    if (this.slots[at] !== 0) return this.slots[at + 2];
    if (this.count >= this.mostPairs) return -1;
    this.slots[at] = first + 1;
    this.slots[at + 1] = second;
    this.slots[at + 2] = this.count;
    return this.count++;
  }

  private grow(): void {
    const larger = new Int32Array(this.slots.length * 2);
    for (let at = 0; at < this.slots.length; at += STRIDE) {
      if (this.slots[at] !== 0) larger.set(this.slots.subarray(at, at + STRIDE), placeOf(larger, this.slots[at], this.slots[at + 1]));
    }
    this.slots = larger;
  }
}

/** Where a pair is, or the free slot that it would take. */
function placeOf(slots: Int32Array, key: number, second: number): number {
  const mask = slots.length / STRIDE - 1;
  let slot = mix(mix(0, key), second) & mask;
  while (slots[slot * STRIDE] !== 0 && (slots[slot * STRIDE] !== key || slots[slot * STRIDE + 1] !== second)) slot = (slot + 1) & mask;
  return slot * STRIDE;
}
