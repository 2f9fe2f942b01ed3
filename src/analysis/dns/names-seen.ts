import { doubled, placeOf } from './pair-slots.ts';

/** 16 MB: of more names than this, later ones are not told apart any more. */
const MOST_NAMES = 1 << 20;
const STRIDE = 2;

/** Which names were asked for in which tally, by the hash of the name: bounded whatever is asked for. */
export class NamesSeen {
  count = 0;
  /** Tally plus one, and hash of the name; 0 where a slot is free. */
  private slots = new Int32Array(1024 * STRIDE);
  private readonly mostNames: number;

  /** `mostNames` is for tests of what happens when it is full. */
  constructor(mostNames = MOST_NAMES) {
    this.mostNames = mostNames;
  }

  get isFull(): boolean {
    return this.count >= this.mostNames;
  }

  /** Whether a name is new to a tally; notes it. Not to be asked when full. */
  isNew(tally: number, hash: number): boolean {
    if ((this.count + 1) * 2 * STRIDE > this.slots.length) this.slots = doubled(this.slots, STRIDE);
    const at = placeOf(this.slots, STRIDE, tally + 1, hash);
    if (this.slots[at] !== 0) return false;
    this.slots[at] = tally + 1;
    this.slots[at + 1] = hash;
    this.count++;
    return true;
  }
}
