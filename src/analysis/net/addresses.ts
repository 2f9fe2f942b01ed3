import { type IpAddress, readAddress, readWords, withoutZone } from './address.ts';
import { ADDRESS_STRIDE, AddressList } from './address-list.ts';
import { grownCapacity } from '../memory/growing-column.ts';
import { mix } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';

/** Distinct addresses, numbered in order of appearance. An IPv4 address is its first word; the others are 0. */
export class AddressTable {
  count = 0;
  private words = new Int32Array(64 * ADDRESS_STRIDE);
  private slots = new NumberSlots(128);
  private readonly hashOf = (id: number): number => {
    const { words } = this;
    const at = id * ADDRESS_STRIDE;
    return hash(words[at], words[at + 1], words[at + 2], words[at + 3]);
  };

  /** The number of an address, given as four words and its version. */
  idOf(version: number, w0: number, w1: number, w2: number, w3: number): number {
    const { words, slots } = this;
    let slot = slots.first(hash(w0, w1, w2, w3));
    for (let id = slots.at(slot); id >= 0; id = slots.at(slot)) {
      if (this.is(id, w0, w1, w2, w3) && words[id * ADDRESS_STRIDE + 4] === version) return id;
      slot = slots.next(slot);
    }
    const id = this.count++;
    if (this.count * ADDRESS_STRIDE > this.words.length) this.words = grown(this.words);
    const { words: known } = this;
    const at = id * ADDRESS_STRIDE;
    known[at] = w0;
    known[at + 1] = w1;
    known[at + 2] = w2;
    known[at + 3] = w3;
    known[at + 4] = version;
    slots.put(slot, id, this.hashOf);
    return id;
  }

  /** Whether a number is that of an address, of whatever version, given as four words. */
  is(id: number, w0: number, w1: number, w2: number, w3: number): boolean {
    const { words } = this;
    const at = id * ADDRESS_STRIDE;
    return words[at] === w0 && words[at + 3] === w3 && words[at + 2] === w2 && words[at + 1] === w1;
  }

  /** The number of an address given as text; -1 where it is none. */
  idOfText(text: string): number {
    const version = readAddress(withoutZone(text));
    if (version === 0) return -1;
    return this.idOf(version, readWords[0], readWords[1], readWords[2], readWords[3]);
  }

  /** The address of a number. */
  address(id: number): IpAddress {
    const at = id * ADDRESS_STRIDE;
    const [w0, w1, w2, w3, version] = this.words.subarray(at, at + ADDRESS_STRIDE);
    return { version: version === 4 ? 4 : 6, words: [w0 >>> 0, w1 >>> 0, w2 >>> 0, w3 >>> 0] };
  }

  copy(): AddressTable {
    const copy = new AddressTable();
    copy.count = this.count;
    copy.words = this.words.slice();
    copy.slots = this.slots.copy();
    return copy;
  }

  /** Lets go of what only looking up takes; no address may come any more. */
  endLookups(): void {
    this.slots = new NumberSlots(1);
  }

  /** The addresses so far, by number, in the same memory: what comes later lies behind them. */
  list(): AddressList {
    return new AddressList(this.words.subarray(0, this.count * ADDRESS_STRIDE));
  }
}

function hash(w0: number, w1: number, w2: number, w3: number): number {
  // Addresses of IPv4 are one word, and floods of those have millions.
  return ((w1 | w2 | w3) === 0 ? mix(0, w0) : mix(mix(mix(mix(0, w0), w1), w2), w3)) >>> 1;
}

function grown(words: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(grownCapacity(words.length / ADDRESS_STRIDE) * ADDRESS_STRIDE);
  larger.set(words);
  return larger;
}
