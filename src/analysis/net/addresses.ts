import { type IpAddress, ipv4Of, readAddress, readWords, withoutZone } from './address.ts';
import { AddressList, LONG_WORDS } from './address-list.ts';
import { copyInto, grownCapacity } from '../memory/growing-column.ts';
import { mix } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';

/** Distinct addresses, numbered in order of appearance. An IPv4 address is its first word; the others are 0. */
export class AddressTable {
  count = 0;
  private versions = new Uint8Array(64);
  private heads = new Int32Array(64);
  private long = new Int32Array(16 * LONG_WORDS);
  private longLength = 0;
  private slots = new NumberSlots(128);
  private readonly hashOf = (id: number): number => {
    const { versions, heads, long } = this;
    const at = heads[id];
    return versions[id] === 4 ? hash(at, 0, 0, 0) : hash(long[at], long[at + 1], long[at + 2], long[at + 3]);
  };

  /** The number of an address, given as four words and its version. */
  idOf(version: number, w0: number, w1: number, w2: number, w3: number): number {
    const { versions, slots } = this;
    let slot = slots.first(hash(w0, w1, w2, w3));
    for (let id = slots.at(slot); id >= 0; id = slots.at(slot)) {
      if (this.is(id, w0, w1, w2, w3) && versions[id] === version) return id;
      slot = slots.next(slot);
    }
    const id = this.count++;
    if (this.count > this.heads.length) this.grow();
    this.versions[id] = version;
    this.heads[id] = version === 4 ? w0 : this.addLong(w0, w1, w2, w3);
    slots.put(slot, id, this.hashOf);
    return id;
  }

  /** Whether a number is that of an address, of whatever version, given as four words. */
  is(id: number, w0: number, w1: number, w2: number, w3: number): boolean {
    const at = this.heads[id];
    if (this.versions[id] === 4) return at === w0 && (w1 | w2 | w3) === 0;
    const { long } = this;
    return long[at] === w0 && long[at + 3] === w3 && long[at + 2] === w2 && long[at + 1] === w1;
  }

  /** The number of an address given as text; -1 where it is none. */
  idOfText(text: string): number {
    const version = readAddress(withoutZone(text));
    if (version === 0) return -1;
    return this.idOf(version, readWords[0], readWords[1], readWords[2], readWords[3]);
  }

  /** The address of a number. */
  address(id: number): IpAddress {
    const at = this.heads[id];
    if (this.versions[id] === 4) return ipv4Of(at);
    const [w0, w1, w2, w3] = this.long.subarray(at, at + LONG_WORDS);
    return { version: 6, words: [w0 >>> 0, w1 >>> 0, w2 >>> 0, w3 >>> 0] };
  }

  copy(): AddressTable {
    const copy = new AddressTable();
    copy.count = this.count;
    copy.versions = this.versions.slice();
    copy.heads = this.heads.slice();
    copy.long = this.long.slice();
    copy.longLength = this.longLength;
    copy.slots = this.slots.copy();
    return copy;
  }

  /** Lets go of what only looking up takes; no address may come any more. */
  endLookups(): void {
    this.slots = new NumberSlots(1);
  }

  /** The addresses so far, by number, in the same memory: what comes later lies behind them. */
  list(): AddressList {
    const { versions, heads, long, count, longLength } = this;
    return new AddressList({
      versions: versions.subarray(0, count),
      heads: heads.subarray(0, count),
      long: long.subarray(0, longLength),
    });
  }

  /** Keeps the words of an address of IPv6, and gives their place. */
  private addLong(w0: number, w1: number, w2: number, w3: number): number {
    const at = this.longLength;
    if (at === this.long.length)
      this.long = copyInto(new Int32Array(grownCapacity(at / LONG_WORDS) * LONG_WORDS), this.long);
    const { long } = this;
    long[at] = w0;
    long[at + 1] = w1;
    long[at + 2] = w2;
    long[at + 3] = w3;
    this.longLength += LONG_WORDS;
    return at;
  }

  private grow(): void {
    const capacity = grownCapacity(this.heads.length);
    this.versions = copyInto(new Uint8Array(capacity), this.versions);
    this.heads = copyInto(new Int32Array(capacity), this.heads);
  }
}

function hash(w0: number, w1: number, w2: number, w3: number): number {
  // Addresses of IPv4 are one word, and floods of those have millions.
  return ((w1 | w2 | w3) === 0 ? mix(0, w0) : mix(mix(mix(mix(0, w0), w1), w2), w3)) >>> 1;
}
