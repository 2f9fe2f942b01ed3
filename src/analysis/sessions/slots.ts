/**
 * Eight slots of two words: the least that is given to a session, and what it gets each time it has used up the last.
 */
export const CHUNK_SLOTS = 8;
export const CHUNK_WORDS = 2 * CHUNK_SLOTS;

/** All chunks together: 64 MB. */
const MOST_BYTES = 64e6;
const MOST_CHUNKS = Math.floor(MOST_BYTES / (4 * CHUNK_WORDS + 4));
/**
 * What is kept back for those that have shown that they go on: without it, a flood of short ones would leave nothing.
 */
const RESERVED_SHARE = 4;
const FIRST_CHUNKS = 256;

const NONE = -1;

/**
 * Chunks of eight 8-byte slots, given one after the other and never taken back, 64 MB at most. Chunk `c` begins at
 * `words[c * CHUNK_WORDS]`. A chunk may be followed by another: a list that grows without being copied.
 */
export class SlotPool {
  /** Chunks given so far. */
  count = 0;
  words = new Int32Array(FIRST_CHUNKS * CHUNK_WORDS);
  private next = new Int32Array(FIRST_CHUNKS).fill(NONE);
  private readonly mostChunks: number;
  private readonly mostOfAll: number;

  /** `mostChunks` is for tests of what happens when it is full. */
  constructor(mostChunks = MOST_CHUNKS) {
    this.mostChunks = mostChunks;
    this.mostOfAll = mostChunks - Math.floor(mostChunks / RESERVED_SHARE);
  }

  /** Bytes taken so far. */
  get bytes(): number {
    return this.words.byteLength + this.next.byteLength;
  }

  /**
   * A chunk of zeros, -1 when there is no more room; the last quarter is only for those that are `established`.
   *
   * @param after the chunk it follows, -1 for none
   */
  take(after: number, established: boolean): number {
    if (this.count >= (established ? this.mostChunks : this.mostOfAll)) return NONE;
    const chunk = this.count++;
    if (chunk === this.next.length) this.grow();
    if (after !== NONE) this.next[after] = chunk;
    return chunk;
  }

  /** The chunk after one, -1 for none. */
  following(chunk: number): number {
    return this.next[chunk];
  }

  private grow(): void {
    const chunks = Math.min(this.next.length * 2, this.mostChunks);
    const words = new Int32Array(chunks * CHUNK_WORDS);
    words.set(this.words);
    this.words = words;
    const next = new Int32Array(chunks).fill(NONE);
    next.set(this.next);
    this.next = next;
  }
}
