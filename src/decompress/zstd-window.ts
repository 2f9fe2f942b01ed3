import type { Decompress } from 'fzstd';

/** Room beyond the window: what lies in it moves only once in so many bytes, so that the moving stays linear. */
const LEAST_SLACK = 1 << 20;
const FIRST_BYTES = 1 << 18;

/** A table of states as the library keeps it: symbols, bits to the next state, its base, and the bits of the first. */
export interface Table {
  s: Uint8Array;
  n: Uint8Array;
  t: Uint16Array;
  b: number;
}

/** What the pinned library keeps of a frame between blocks: the window, its length, and the tables of sequences. */
interface State {
  w: Uint8Array;
  e: number;
  t?: readonly [matches: Table, offsets: Table, literals: Table];
}

/**
 * The last bytes that a zstd frame unpacked to, for the library to look back at. Its own window is as long as the frame
 * claims from the first byte on, and moves as a whole for every block: 128 MiB for 128 KiB. This one grows as bytes
 * come, and is handed in for each block.
 */
export class ZstdWindow {
  private bytes = new Uint8Array(FIRST_BYTES);
  private end = 0;
  private most = 0;
  /** Bytes that were moved or copied so far, and bytes of room: what the work is, for tests. */
  moved = 0;

  get room(): number {
    return this.bytes.length;
  }

  /** Begins a frame that looks back at most `bytes` far. */
  begin(bytes: number): void {
    this.most = bytes;
    this.end = 0;
  }

  /** Lets the library look back from the block it is given next, and let go of those it was given before. */
  attach(library: Decompress): void {
    (library as unknown as { c: unknown[] }).c = [];
    const state = libraryState(library);
    if (state === null) return;
    state.w = this.bytes.subarray(Math.max(0, this.end - this.most), this.end);
    state.e = state.w.length;
  }

  /** Called when a block was unpacked: keeps the library from moving the window itself. */
  detach(library: Decompress, block: Uint8Array): void {
    const state = libraryState(library);
    if (state !== null) state.w = block;
  }

  /** Takes what a block unpacked to. */
  append(block: Uint8Array): void {
    if (this.end + block.length > this.bytes.length) this.makeRoom(block.length);
    this.bytes.set(block, this.end);
    this.end += block.length;
    this.moved += block.length;
  }

  private makeRoom(length: number): void {
    const kept = Math.min(this.end, this.most);
    const largest = this.most + Math.max(LEAST_SLACK, this.most >> 2) + length;
    const size = Math.min(largest, Math.max(2 * this.bytes.length, kept + length));
    const target = size > this.bytes.length ? new Uint8Array(size) : this.bytes;
    target.set(this.bytes.subarray(this.end - kept, this.end));
    this.bytes = target;
    this.end = kept;
    this.moved += kept;
  }
}

/** What the library knows of the frame that it is in, null outside of one. */
export function libraryState(library: Decompress): State | null {
  const { s } = library as unknown as { s?: State | number };
  return typeof s === 'object' ? s : null;
}
