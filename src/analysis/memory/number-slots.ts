/** From so many slots on, they are doubled only: putting all entries into new ones takes longer, four times as many more memory. */
const LARGE = 1 << 20;

/**
 * An open-addressing index over numbered entries that lie elsewhere: looking one up goes from `first(hash)` on, slot by
 * slot, until `at` is below 0, and compares. At most half of the slots are taken.
 */
export class NumberSlots {
  private slots: Int32Array;
  private count = 0;

  /** @param length slots in the beginning, a power of two */
  constructor(length: number) {
    this.slots = new Int32Array(length).fill(-1);
  }

  /** The slot where entries of a hash begin. */
  first(hash: number): number {
    return hash & (this.slots.length - 1);
  }

  /** The slot behind one. */
  next(slot: number): number {
    return (slot + 1) & (this.slots.length - 1);
  }

  /** The entry in a slot, -1 where it is free. */
  at(slot: number): number {
    return this.slots[slot];
  }

  /**
   * Puts an entry into a free slot, at which a look-up ended.
   *
   * @param hashOf hash of an entry by its number, to place all anew when there are many
   */
  put(slot: number, entry: number, hashOf: (entry: number) => number): void {
    this.slots[slot] = entry;
    this.count++;
    if (this.count * 2 > this.slots.length) this.grow(hashOf);
  }

  /** Puts an entry that is in no slot into the first free one of its hash. */
  add(entry: number, hashOf: (entry: number) => number): void {
    let slot = this.first(hashOf(entry));
    while (this.slots[slot] >= 0) slot = this.next(slot);
    this.put(slot, entry, hashOf);
  }

  copy(): NumberSlots {
    const copy = new NumberSlots(0);
    copy.slots = this.slots.slice();
    copy.count = this.count;
    return copy;
  }

  private grow(hashOf: (entry: number) => number): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * (old.length < LARGE ? 4 : 2)).fill(-1);
    this.count = 0;
    for (const entry of old) if (entry >= 0) this.add(entry, hashOf);
  }
}
