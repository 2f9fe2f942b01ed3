import { mix, mixOther } from '../memory/hash.ts';

/** Keys that are kept at most: with what is kept of each, 80 MB and more. */
const MOST_KEYS = 1 << 22;
const NONE = -1;
const FIRST_SLOTS = 1024;

/** A key as two hashes of 32 bits: of four million keys, two are the same once in a million logs. */
export interface HashedKey {
  high: number;
  low: number;
}

/** Numbers for the keys that logs give to a flow (Zeek's uid, Suricata's flow id), bounded whatever the logs hold. */
export class SiblingKeys {
  /** Keys so far, and how often one came that there was no room for. */
  count = 0;
  leftOut = 0;
  private readonly mostKeys: number;
  private highs = new Uint32Array(FIRST_SLOTS);
  private lows = new Uint32Array(FIRST_SLOTS);
  /** Number of the key in a slot plus one; 0 where the slot is free. */
  private numbers = new Uint32Array(FIRST_SLOTS);

  constructor(mostKeys = MOST_KEYS) {
    this.mostKeys = mostKeys;
  }

  /** Keys that there is room for before more is made. */
  get room(): number {
    return this.numbers.length / 2;
  }

  /** The number of a key, a new one where it was not met before; -1 where there is no room for another. */
  numberOf(key: string): number {
    const { high, low } = hashedKey(key);
    const slot = this.slotOf(high, low);
    if (this.numbers[slot] !== 0) return this.numbers[slot] - 1;
    if (this.count >= this.mostKeys) {
      this.leftOut++;
      return NONE;
    }
    this.put(slot, high, low, ++this.count);
    if (this.count * 2 >= this.numbers.length) this.grow();
    return this.count - 1;
  }

  /** The number of a key that was met before, else -1. */
  find(high: number, low: number): number {
    return this.numbers[this.slotOf(high, low)] - 1;
  }

  private put(slot: number, high: number, low: number, number: number): void {
    this.highs[slot] = high;
    this.lows[slot] = low;
    this.numbers[slot] = number;
  }

  private slotOf(high: number, low: number): number {
    const { numbers, lows, highs } = this;
    const mask = numbers.length - 1;
    let slot = low & mask;
    while (numbers[slot] !== 0 && (lows[slot] !== low || highs[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { highs, lows, numbers } = this;
    const length = numbers.length * 2;
    this.highs = new Uint32Array(length);
    this.lows = new Uint32Array(length);
    this.numbers = new Uint32Array(length);
    for (let slot = 0; slot < numbers.length; slot++) {
      if (numbers[slot] !== 0) this.put(this.slotOf(highs[slot], lows[slot]), highs[slot], lows[slot], numbers[slot]);
    }
  }
}

/** The hashes of a key; only the empty key has two zeros. */
export function hashedKey(key: string): HashedKey {
  if (key === '') return { high: 0, low: 0 };
  let high = 0;
  let low = 1;
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    high = mix(high, code);
    low = mixOther(low, code);
  }
  return { high: high >>> 0, low: mixOther(low, key.length) >>> 0 || 1 };
}
