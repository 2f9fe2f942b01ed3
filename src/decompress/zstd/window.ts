import { TOGETHER } from '../together.ts';

/** What a block unpacks to at most (RFC 8878, section 3.1.1.2.4). */
export const LARGEST_BLOCK = 1 << 17;
/** Room beyond the window: what lies in it moves only once in so many bytes, so that the moving stays linear. */
const LEAST_SLACK = 1 << 20;
const FIRST_BYTES = 1 << 18;

/**
 * Where frames are unpacked to, behind the bytes that they can look back at. It grows as bytes come, however large a
 * window a frame claims, and serves frame after frame.
 */
export class Window {
  bytes = new Uint8Array(FIRST_BYTES);
  /** Where the next block begins. */
  end = 0;
  private most = 0;
  /** Where that begins which was not taken yet. */
  private taken = 0;
  /** Bytes that were moved so far: what the work is, for tests. */
  moved = 0;

  /** Begins a frame that looks back at most `bytes` far. */
  begin(bytes: number): void {
    this.most = bytes;
    this.end = this.taken = 0;
  }

  /** How far the block at `end` can look back. */
  get history(): number {
    return Math.min(this.end, this.most);
  }

  /** Whether what was unpacked has to be taken before there is room for another block. */
  get isFull(): boolean {
    return this.end - this.taken >= TOGETHER || this.end + LARGEST_BLOCK > this.bytes.length;
  }

  /** What was unpacked since the last call: it is good until there is room for another block. */
  take(): Uint8Array {
    const unpacked = this.bytes.subarray(this.taken, this.end);
    this.taken = this.end;
    return unpacked;
  }

  /** Makes room for a block behind `end`, whatever it unpacks to. */
  makeRoom(): void {
    if (this.end + LARGEST_BLOCK <= this.bytes.length) return;
    const kept = this.history;
    const largest = this.most + Math.max(LEAST_SLACK, this.most >> 2) + LARGEST_BLOCK;
    const size = Math.min(largest, Math.max(2 * this.bytes.length, kept + LARGEST_BLOCK));
    const start = this.end - kept;
    if (size > this.bytes.length) {
      const target = new Uint8Array(size);
      target.set(this.bytes.subarray(start, this.end));
      this.bytes = target;
    } else this.bytes.copyWithin(0, start, this.end);
    this.end = this.taken = kept;
    this.moved += kept;
  }
}
