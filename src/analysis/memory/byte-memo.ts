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
  /** The slot that was found or filled last, and the bytes of its run, -1 while there is none. */
  #last = 0;
  #lastBytes = -1;
  readonly #make: (bytes: Uint8Array, start: number, end: number) => Value;

  /** `make` makes what is remembered of `bytes[start, end)`: always the same of the same bytes. */
  constructor(make: (bytes: Uint8Array, start: number, end: number) => Value) {
    this.#make = make;
  }

  get(bytes: Uint8Array, start: number, end: number): Value {
    if (end - start > MOST_BYTES) return this.#make(bytes, start, end);
    const view = viewOf(bytes);
    if (end - start === this.#lastBytes && this.#isLast(view, bytes, start, end)) return this.#values[this.#last]!;
    let length = 0;
    let hash = 0;
    let at = start;
    for (; at + 3 < end; at += 4) {
      const word = view.getInt32(at);
      scratch[length++] = word;
      hash = mix(hash, word);
    }
    const rest = restOf(bytes, at, end);
    scratch[length++] = rest;
    const slot = mix(hash, rest) & (SLOTS - 1);
    let value = this.#values[slot];
    if (
      value === undefined ||
      this.#lengths[slot] !== length ||
      !sameWords(this.#runs, slot * WORDS, scratch, length)
    ) {
      this.#lastBytes = -1;
      this.#values[slot] = undefined;
      this.#lengths[slot] = length;
      for (let word = 0; word < length; word++) this.#runs[slot * WORDS + word] = scratch[word];
      value = this.#make(bytes, start, end);
      this.#values[slot] = value;
    }
    this.#last = slot;
    this.#lastBytes = end - start;
    return value;
  }

  /** Whether a run of as many bytes is the last one: those of a flood are alike, and are told so before anything is worked out. */
  #isLast(view: DataView, bytes: Uint8Array, start: number, end: number): boolean {
    let word = this.#last * WORDS;
    let at = start;
    for (; at + 3 < end; at += 4) if (view.getInt32(at) !== this.#runs[word++]) return false;
    return restOf(bytes, at, end) === this.#runs[word];
  }
}

/** The fewer than four bytes left are a word with how many they are, so that no run is the beginning of another. */
function restOf(bytes: Uint8Array, start: number, end: number): number {
  let rest = end - start;
  for (let at = start; at < end; at++) rest = (rest << 8) | bytes[at];
  return rest;
}
