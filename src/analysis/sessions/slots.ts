/** Eight slots of 8 bytes: the least that is given to a session, and what it gets each time it has used up the last. */
export const CHUNK_SLOTS = 8;
const CHUNK_WORDS = 2 * CHUNK_SLOTS;

/** All chunks together: 64 MB. */
const MOST_BYTES = 64e6;
const MOST_CHUNKS = Math.floor(MOST_BYTES / (4 * CHUNK_WORDS + 4));
/** What is kept back for those that have shown that they go on: without it, a flood of short ones would leave nothing. */
const RESERVED_CHUNKS = MOST_CHUNKS >> 2;

/** 1 MiB a block: room is taken when it is needed, and growing never copies. */
const BLOCK_BITS = 14;
const BLOCK_CHUNKS = 1 << BLOCK_BITS;

const NONE = -1;

/**
 * Chunks of eight 8-byte slots, given one after the other and never taken back, 64 MB at most. A chunk may be followed
 * by another: a list that grows without being copied.
 */
export class SlotPool {
  /** Chunks given so far. */
  count = 0;
  private readonly blocks: Int32Array[] = [];
  private readonly numbers: Float64Array[] = [];
  private readonly next: Int32Array[] = [];
  private readonly mostChunks: number;
  private readonly reservedChunks: number;

  /** `mostChunks` is for tests of what happens when it is full. */
  constructor(mostChunks = MOST_CHUNKS) {
    this.mostChunks = mostChunks;
    this.reservedChunks = Math.min(RESERVED_CHUNKS, mostChunks >> 2);
  }

  /** Bytes taken so far. */
  get bytes(): number {
    return this.blocks.length * BLOCK_CHUNKS * (4 * CHUNK_WORDS + 4);
  }

  /**
   * A chunk of zeros, -1 when there is no more room; the last quarter is only for those that are `established`.
   *
   * @param after the chunk it follows, -1 for none
   */
  take(after: number, established: boolean): number {
    if (this.count >= this.mostChunks - (established ? 0 : this.reservedChunks)) return NONE;
    const chunk = this.count++;
    if (chunk >> BLOCK_BITS === this.blocks.length) {
      const words = new Int32Array(BLOCK_CHUNKS * CHUNK_WORDS);
      this.blocks.push(words);
      this.numbers.push(new Float64Array(words.buffer));
      this.next.push(new Int32Array(BLOCK_CHUNKS).fill(NONE));
    }
    if (after !== NONE) this.next[after >> BLOCK_BITS][after & (BLOCK_CHUNKS - 1)] = chunk;
    return chunk;
  }

  /** The chunk after one, -1 for none. */
  following(chunk: number): number {
    return this.next[chunk >> BLOCK_BITS][chunk & (BLOCK_CHUNKS - 1)];
  }

  /** The words that hold a chunk; it begins at `wordOf(chunk)`. */
  wordsOf(chunk: number): Int32Array {
    return this.blocks[chunk >> BLOCK_BITS];
  }

  /** Where in its words a chunk begins. */
  wordOf(chunk: number): number {
    return (chunk & (BLOCK_CHUNKS - 1)) * CHUNK_WORDS;
  }

  /** The same memory as numbers, one a slot; a chunk begins at half of `wordOf(chunk)`. */
  numbersOf(chunk: number): Float64Array {
    return this.numbers[chunk >> BLOCK_BITS];
  }
}
