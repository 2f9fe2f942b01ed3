import { ipv4Text, ipv6Text } from './address-text.ts';
import { mix } from '../memory/hash.ts';

/** Four 32-bit words of address, and the IP version. */
const STRIDE = 5;

/** Distinct addresses, numbered in order of appearance. An IPv4 address is its first word; the others are 0. */
export class AddressTable {
  count = 0;
  private words = new Int32Array(64 * STRIDE);
  private slots = new Int32Array(128).fill(-1);

  /** The number of an address, given as four words and its version. */
  idOf(version: number, w0: number, w1: number, w2: number, w3: number): number {
    const mask = this.slots.length - 1;
    let slot = hash(w0, w1, w2, w3) & mask;
    for (;;) {
      const id = this.slots[slot];
      if (id < 0) break;
      const at = id * STRIDE;
      const { words } = this;
      if (
        words[at] === w0 &&
        words[at + 3] === w3 &&
        words[at + 2] === w2 &&
        words[at + 1] === w1 &&
        words[at + 4] === version
      )
        return id;
      slot = (slot + 1) & mask;
    }
    const id = this.count++;
    if (this.count * STRIDE > this.words.length) this.words = grown(this.words);
    this.words.set([w0, w1, w2, w3, version], id * STRIDE);
    this.slots[slot] = id;
    if (this.count * 2 > this.slots.length) this.rehash();
    return id;
  }

  /** All addresses as text, by number. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, id) => {
      const at = id * STRIDE;
      return this.words[at + 4] === 4 ? ipv4Text(this.words[at]) : ipv6Text(this.words, at);
    });
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      const at = id * STRIDE;
      let slot = hash(this.words[at], this.words[at + 1], this.words[at + 2], this.words[at + 3]) & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.slots = slots;
  }
}

function hash(w0: number, w1: number, w2: number, w3: number): number {
  return mix(mix(mix(mix(0, w0), w1), w2), w3) >>> 1;
}

function grown(words: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(words.length * 2);
  larger.set(words);
  return larger;
}
