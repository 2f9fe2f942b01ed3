import { mix } from './hash.ts';
import { NumberSlots } from './number-slots.ts';

/** Whole numbers from 0 up to 2^53 under dense numbers of their own, in order of appearance. */
export class NumberTable {
  count = 0;
  private values = new Float64Array(64);
  private slots = new NumberSlots(128);
  private readonly hashOf = (number: number): number => hash(this.values[number]);

  /** The number of a value, which is the next one where the value is new. */
  numberOf(value: number): number {
    const slot = this.slotOf(value);
    const known = this.slots.at(slot);
    if (known >= 0) return known;
    const number = this.count++;
    if (number === this.values.length) {
      const { values } = this;
      this.values = new Float64Array(number * 2);
      this.values.set(values);
    }
    this.values[number] = value;
    this.slots.put(slot, number, this.hashOf);
    return number;
  }

  /** The number of a value, -1 for one that never came. */
  find(value: number): number {
    return this.slots.at(this.slotOf(value));
  }

  copy(): NumberTable {
    const copy = new NumberTable();
    copy.count = this.count;
    copy.values = this.values.slice();
    copy.slots = this.slots.copy();
    return copy;
  }

  /** The slot where a value is, or the free one where it belongs. */
  private slotOf(value: number): number {
    const { slots, values } = this;
    let slot = slots.first(hash(value));
    for (let number = slots.at(slot); number >= 0 && values[number] !== value; number = slots.at(slot))
      slot = slots.next(slot);
    return slot;
  }
}

function hash(value: number): number {
  return mix(Math.floor(value / 2 ** 32), value | 0);
}
