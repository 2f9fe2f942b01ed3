import { mix } from './hash.ts';
import { sameWords, viewOf } from './words.ts';

/** A slot holds what came to it last; nothing is lost but time when something else takes its place. */
const SLOTS = 2048;
/** Words of the longest run that is remembered: 252 to 255 bytes, and with how many they end. */
const WORDS = 64;
const MOST_BYTES = 4 * WORDS - 1;

const scratch = new Int32Array(WORDS);

/**
 * Remembers what was made of runs of bytes met lately: packets repeat names and messages all the time, and comparing
 * them by words of four bytes takes less time than making anything of them again.
 */
export class ByteMemo<Value> {
  /** What slots hold, a run behind the other, and their words, 0 while nothing has come. */
  readonly #runs = new Int32Array(SLOTS * WORDS);
  readonly #lengths = new Uint8Array(SLOTS);
  readonly #values: (Value | undefined)[] = Array.from({ length: SLOTS });
  readonly #make: (bytes: Uint8Array, start: number, end: number) => Value;

  /** `make` makes what is remembered of `bytes[start, end)`: always the same of the same bytes. */
  constructor(make: (bytes: Uint8Array, start: number, end: number) => Value) {
    this.#make = make;
  }

  get(bytes: Uint8Array, start: number, end: number): Value {
    if (end - start > MOST_BYTES) return this.#make(bytes, start, end);
    const view = viewOf(bytes);
    let length = 0;
    let hash = 0;
    let at = start;
    for (; at + 3 < end; at += 4) {
      const word = view.getInt32(at);
      scratch[length++] = word;
      hash = mix(hash, word);
    }
    // The fewer than four bytes left are a word with how many they are, so that no run is the beginning of another.
    let rest = end - at;
    for (; at < end; at++) rest = (rest << 8) | bytes[at];
    scratch[length++] = rest;
    const slot = mix(hash, rest) & (SLOTS - 1);
    const known = this.#values[slot];
    if (known !== undefined && this.#lengths[slot] === length && sameWords(this.#runs, slot * WORDS, scratch, length))
      return known;
    this.#values[slot] = undefined;
    this.#lengths[slot] = length;
    for (let word = 0; word < length; word++) this.#runs[slot * WORDS + word] = scratch[word];
    const value = this.#make(bytes, start, end);
    this.#values[slot] = value;
    return value;
  }
}
