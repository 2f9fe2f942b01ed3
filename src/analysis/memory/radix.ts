/** Digits of 11 bits: the counters stay in the processor's nearest cache, and ports take two passes. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Sorts the numbers 0 to n - 1 by one key after another, the last key first; each pass keeps the order of equals. */
export class RadixOrder {
  /** In the order reached so far. */
  order: Uint32Array;
  private spare: Uint32Array;
  private readonly counters = new Uint32Array(DIGITS);

  constructor(length: number) {
    this.order = new Uint32Array(length);
    for (let index = 0; index < length; index++) this.order[index] = index;
    this.spare = new Uint32Array(length);
  }

  /**
   * @param keyOf one key for each number
   * @param largest no key is above this
   * @param ranks what stands for each key, where keys are numbers of things that have an order of their own
   */
  sortBy(keyOf: Uint32Array | Uint16Array, largest: number, ranks: Uint32Array | null = null): void {
    for (let shift = 0; shift < 32 && largest >>> shift > 0; shift += DIGIT_BITS) {
      if (ranks === null) this.pass(keyOf, shift);
      else this.rankedPass(keyOf, ranks, shift);
    }
  }

  /** One stable counting pass over one digit of the keys. */
  private pass(keyOf: Uint32Array | Uint16Array, shift: number): void {
    const { counters, order: from, spare: to } = this;
    counters.fill(0);
    for (let index = 0; index < keyOf.length; index++) counters[(keyOf[index] >>> shift) & (DIGITS - 1)]++;
    this.toPlaces();
    for (let index = 0; index < from.length; index++) {
      const item = from[index];
      to[counters[(keyOf[item] >>> shift) & (DIGITS - 1)]++] = item;
    }
    this.order = to;
    this.spare = from;
  }

  /** The same over ranks, which are looked up rather than written out: a large log has no memory for that. */
  private rankedPass(keyOf: Uint32Array | Uint16Array, ranks: Uint32Array, shift: number): void {
    const { counters, order: from, spare: to } = this;
    counters.fill(0);
    for (let index = 0; index < keyOf.length; index++) counters[(ranks[keyOf[index]] >>> shift) & (DIGITS - 1)]++;
    this.toPlaces();
    for (let index = 0; index < from.length; index++) {
      const item = from[index];
      to[counters[(ranks[keyOf[item]] >>> shift) & (DIGITS - 1)]++] = item;
    }
    this.order = to;
    this.spare = from;
  }

  /** Counts of digits become the places where the first of each goes. */
  private toPlaces(): void {
    const { counters } = this;
    let place = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const count = counters[digit];
      counters[digit] = place;
      place += count;
    }
  }
}
