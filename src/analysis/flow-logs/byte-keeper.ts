/** Bytes that are gathered piece by piece: however many pieces they come in, each is moved a few times at most. */
export class ByteKeeper {
  length = 0;
  private bytes = new Uint8Array(0);

  add(more: Uint8Array): void {
    const length = this.length + more.length;
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.bytes.length, 1024));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(more, this.length);
    this.length = length;
  }

  /** What was gathered, good until the next is added. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
