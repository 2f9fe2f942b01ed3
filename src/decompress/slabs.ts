/** Memory is taken so much at a time: thousands of small pieces take longer to make, and to let go of, than to fill. */
const SLAB_BYTES = 1 << 20;

/** Keeps copies of short pieces of bytes beside each other. */
export class Slabs {
  private slab = new Uint8Array(0);
  private used = 0;
  /** Bytes that are to be kept yet: whoever has more of them cuts them short. */
  left: number;

  constructor(most = Number.POSITIVE_INFINITY) {
    this.left = most;
  }

  /** Room for so many bytes; what of it is filled is kept by `keep`, all else is given out again. */
  room(length: number): Uint8Array<ArrayBuffer> {
    if (this.slab.length - this.used < length) {
      this.slab = new Uint8Array(Math.max(SLAB_BYTES, length));
      this.used = 0;
    }
    return this.slab.subarray(this.used, this.used + length);
  }

  /** Keeps the first bytes of the room that was given out last. */
  keep(length: number): Uint8Array<ArrayBuffer> {
    this.used += length;
    this.left -= length;
    return this.slab.subarray(this.used - length, this.used);
  }

  copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    this.room(bytes.length).set(bytes);
    return this.keep(bytes.length);
  }
}
