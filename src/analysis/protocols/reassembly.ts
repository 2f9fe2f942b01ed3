/** Bytes of one stream that are kept while a name is looked for. */
export const STREAM_LIMIT = 16_384;

/** Pieces that may wait behind holes: a browser cuts its QUIC hello into a few dozen. */
const MOST_WAITING = 64;

/** The beginning of a stream of bytes, put together from pieces in any order, with repeated ones. */
export class Reassembly {
  bytes: Uint8Array;
  /** Bytes from the beginning without a hole. */
  length = 0;
  /** Starts and ends of what lies behind holes, in pairs, in order of arrival. */
  readonly #waiting: number[] = [];

  /** No byte behind these is kept. */
  readonly #limit: number;

  constructor(capacity: number, limit = STREAM_LIMIT) {
    this.#limit = limit;
    this.bytes = new Uint8Array(Math.min(limit, capacity));
  }

  /** No more bytes are taken: what is not decided by now stays so. */
  get isFull(): boolean {
    return this.length === this.#limit;
  }

  /**
   * Puts `source[start, end)` at a place in the stream, as far as it lies within the limit; what is there without a
   * hole stays as it came first. Returns whether `length` grew.
   */
  add(offset: number, source: Uint8Array, start: number, end: number): boolean {
    const from = Math.max(offset, this.length);
    const to = Math.min(offset + end - start, this.#limit);
    if (from >= to) return false;
    const waits = from > this.length;
    if (waits && this.#waiting.length >= 2 * MOST_WAITING) return false;
    this.#makeRoom(to);
    this.bytes.set(source.subarray(start + from - offset, start + to - offset), from);
    if (waits) {
      this.#waiting.push(from, to);
      return false;
    }
    this.length = to;
    this.#joinWaiting();
    return true;
  }

  #joinWaiting(): void {
    const waiting = this.#waiting;
    for (let at = 0; at < waiting.length;) {
      if (waiting[at] > this.length) {
        at += 2;
        continue;
      }
      this.length = Math.max(this.length, waiting[at + 1]);
      waiting.splice(at, 2);
      at = 0;
    }
  }

  #makeRoom(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(length, this.bytes.length * 2)));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
