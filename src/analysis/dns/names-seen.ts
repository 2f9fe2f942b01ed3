import { mix } from '../flows/hash.ts';

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
    if ((this.count + 1) * 2 * STRIDE > this.slots.length) this.grow();
    const at = this.find(this.slots, tally + 1, hash);
    if (this.slots[at] !== 0) return false;
    this.slots[at] = tally + 1;
    this.slots[at + 1] = hash;
    this.count++;
    return true;
  }

  private find(slots: Int32Array, key: number, hash: number): number {
    const mask = slots.length / STRIDE - 1;
    let slot = mix(mix(0, key), hash) & mask;
    while (slots[slot * STRIDE] !== 0 && (slots[slot * STRIDE] !== key || slots[slot * STRIDE + 1] !== hash)) {
      slot = (slot + 1) & mask;
    }
    return slot * STRIDE;
  }

  private grow(): void {
    const larger = new Int32Array(this.slots.length * 2);
    for (let at = 0; at < this.slots.length; at += STRIDE) {
      if (this.slots[at] === 0) continue;
      const place = this.find(larger, this.slots[at], this.slots[at + 1]);
      larger[place] = this.slots[at];
      larger[place + 1] = this.slots[at + 1];
    }
    this.slots = larger;
  }
}
