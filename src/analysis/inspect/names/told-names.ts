import { mix } from '../../memory/hash.ts';
import { NumberSlots } from '../../memory/number-slots.ts';
import { wordAt } from '../../net/address-text.ts';

/** Words of one key: a client's address, an address it was told about, and what kind of pair they are. */
const STRIDE = 9;
const ADDRESS = 4;
const KIND = 8;

/** Any client, and addresses of IPv6. */
const EVERYONE = 2;
const IPV6 = 1;

/**
 * Names by client and address, with the time they were told: numbers in few arrays, so that neither look-up nor entry
 * makes texts.
 */
export class ToldNames {
  count = 0;
  readonly names: string[] = [];
  #atMs = new Float64Array(256);
  #words = new Int32Array(256 * STRIDE);
  readonly #slots = new NumberSlots(512);

  /** The entry of a key, -1 for none. */
  find(key: PairKey): number {
    const { words } = key;
    const slots = this.#slots;
    let slot = slots.first(key.hash());
    for (let entry = slots.at(slot); entry >= 0; entry = slots.at(slot)) {
      if (isAt(this.#words, entry * STRIDE, words)) return entry;
      slot = slots.next(slot);
    }
    return -1;
  }

  /** Adds an entry for a key that has none. */
  add(key: PairKey, name: string, atMs: number): void {
    const entry = this.count++;
    if (this.count > this.#atMs.length) this.#grow();
    this.#words.set(key.words, entry * STRIDE);
    this.#slots.add(entry, (of) => hashOf(this.#words, of * STRIDE));
    this.set(entry, name, atMs);
  }

  set(entry: number, name: string, atMs: number): void {
    this.names[entry] = name;
    this.#atMs[entry] = atMs;
  }

  atMs(entry: number): number {
    return this.#atMs[entry];
  }

  #grow(): void {
    const capacity = this.#atMs.length * 2;
    const atMs = new Float64Array(capacity);
    atMs.set(this.#atMs);
    this.#atMs = atMs;
    const words = new Int32Array(capacity * STRIDE);
    words.set(this.#words);
    this.#words = words;
  }
}

/** A client and an address, both of one IP version; or everyone and an address. */
export class PairKey {
  readonly words = new Int32Array(STRIDE);

  /** Sets the client from its 4 or 16 bytes. */
  setClient(bytes: Uint8Array, at: number, length: number): void {
    putAddress(this.words, 0, bytes, at, length);
    this.words[KIND] = length === 16 ? IPV6 : 0;
  }

  setEveryone(isIpv6: boolean): void {
    this.words.fill(0, 0, ADDRESS);
    this.words[KIND] = EVERYONE | (isIpv6 ? IPV6 : 0);
  }

  /** Sets the address, which has as many bytes as the client. */
  setAddress(bytes: Uint8Array, at: number, length: number): void {
    putAddress(this.words, ADDRESS, bytes, at, length);
  }

  hash(): number {
    return hashOf(this.words, 0);
  }
}

/** An IPv4 address is its first word; the others are 0. */
function putAddress(words: Int32Array, to: number, bytes: Uint8Array, at: number, length: number): void {
  words[to] = wordAt(bytes, at);
  if (length === 4) {
    words[to + 1] = words[to + 2] = words[to + 3] = 0;
    return;
  }
  for (let index = 1; index < 4; index++) words[to + index] = wordAt(bytes, at + 4 * index);
}

function hashOf(words: Int32Array, at: number): number {
  const hash = mix(mix(words[at + KIND], words[at]), words[at + ADDRESS]);
  if ((words[at + KIND] & IPV6) === 0) return hash;
  return mix(
    mix(mix(mix(mix(mix(hash, words[at + 1]), words[at + 2]), words[at + 3]), words[at + 5]), words[at + 6]),
    words[at + 7],
  );
}

function isAt(words: Int32Array, at: number, key: Int32Array): boolean {
  for (let index = 0; index < STRIDE; index++) {
    if (words[at + index] !== key[index]) return false;
  }
  return true;
}
