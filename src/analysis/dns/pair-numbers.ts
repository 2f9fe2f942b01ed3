import { doubled, placeOf } from './pair-slots.ts';

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
    if (this.count * 2 * STRIDE >= this.slots.length) this.slots = doubled(this.slots, STRIDE);
    const at = placeOf(this.slots, STRIDE, first + 1, second);
    if (this.slots[at] !== 0) return this.slots[at + 2];
    if (this.count >= this.mostPairs) return -1;
    this.slots[at] = first + 1;
    this.slots[at + 1] = second;
    this.slots[at + 2] = this.count;
    return this.count++;
  }
}
