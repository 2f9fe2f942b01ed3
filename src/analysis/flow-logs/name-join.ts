import { mix } from '../flows/hash.ts';
import { NAME_SOURCES } from '../report.ts';

/** Keys that are kept at most: 80 MB. */
const MOST_KEYS = 1 << 22;

/** A name that was asked for by its host (TLS, HTTP) says more than one that was only looked up. */
const DNS = NAME_SOURCES.indexOf('dns');

/** A key as two hashes of 32 bits: of four million keys, two are the same once in a million logs. */
export interface HashedKey {
  high: number;
  low: number;
}

/** Names by the key that logs give to a flow: Zeek's uid, Suricata's flow id. Bounded whatever the logs hold. */
export class NameJoin {
  /** Keys that there was no room for. */
  leftOut = 0;
  private readonly mostKeys: number;
  private count = 0;
  private highs = new Uint32Array(1024);
  private lows = new Uint32Array(1024);
  private names = new Uint32Array(1024);
  private sources = new Uint8Array(1024);

  constructor(mostKeys = MOST_KEYS) {
    this.mostKeys = mostKeys;
  }

  /** Keeps a name (its index, not 0) for a key: the first that was asked for, else the last that was looked up. */
  add(key: string, name: number, source: number): void {
    const { high, low } = hashedKey(key);
    const slot = this.slotOf(high, low);
    if (this.names[slot] === 0) {
      if (this.count >= this.mostKeys) {
        this.leftOut++;
        return;
      }
      this.count++;
    } else if (this.sources[slot] !== DNS) {
      return;
    }
    this.put(slot, high, low, name, source);
    if (this.count * 2 > this.names.length) this.grow();
  }

  /** The name of a key and its source; name 0 without one. */
  find(high: number, low: number): { name: number; source: number } {
    const slot = this.slotOf(high, low);
    return { name: this.names[slot], source: this.sources[slot] };
  }

  private put(slot: number, high: number, low: number, name: number, source: number): void {
    this.highs[slot] = high;
    this.lows[slot] = low;
    this.names[slot] = name;
    this.sources[slot] = source;
  }

  private slotOf(high: number, low: number): number {
    const mask = this.names.length - 1;
    let slot = low & mask;
    while (this.names[slot] !== 0 && (this.lows[slot] !== low || this.highs[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { highs, lows, names, sources } = this;
    const length = names.length * 2;
    this.highs = new Uint32Array(length);
    this.lows = new Uint32Array(length);
    this.names = new Uint32Array(length);
    this.sources = new Uint8Array(length);
    for (let slot = 0; slot < names.length; slot++) {
      if (names[slot] !== 0)
        this.put(this.slotOf(highs[slot], lows[slot]), highs[slot], lows[slot], names[slot], sources[slot]);
    }
  }
}

/** The hashes of a key; only the empty key has two zeros. */
export function hashedKey(key: string): HashedKey {
  if (key === '') return { high: 0, low: 0 };
  let high = 0x9e37_79b9;
  let low = 0x5bd1_e995;
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    high = mix(high, code);
    low = mix(low + 1, code ^ 0x55);
  }
  return { high: high >>> 0, low: mix(low, high) >>> 0 || 1 };
}
