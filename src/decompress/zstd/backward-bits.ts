/** Bits are taken from four bytes, of which the first has up to seven that come later. */
const MOST_AT_ONCE = 24;

/**
 * The bits of some bytes from the last to the first, as zstd packs them (RFC 8878, section 4.1): the highest bit that is
 * set marks where they begin.
 */
export class BackwardBits {
  private bytes: Uint8Array = new Uint8Array(0);
  private start = 0;
  /** Bits that were not taken yet; below zero where more were taken than there are. */
  left = 0;

  /** Begins with the bytes `[start, end)`. Throws where they have no mark. */
  begin(bytes: Uint8Array, start: number, end: number): void {
    const last = start < end ? bytes[end - 1] : 0;
    if (last === 0) throw new Error('bits without a mark where they begin');
    this.bytes = bytes;
    this.start = start;
    this.left = 8 * (end - start) - 1 - Math.clz32(last << 24);
  }

  /** The next bits, at most 31; zeros behind the last. */
  take(count: number): number {
    if (count > MOST_AT_ONCE) return this.few(count - MOST_AT_ONCE) * (1 << MOST_AT_ONCE) + this.few(MOST_AT_ONCE);
    return this.few(count);
  }

  /** The next bits, at most 24. */
  few(count: number): number {
    this.left -= count;
    const { bytes, left } = this;
    if (left < 0) return left <= -count ? 0 : (this.low(count + left) << -left) & ((1 << count) - 1);
    const at = this.start + (left >> 3);
    const value = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    return (value >>> (left & 7)) & ((1 << count) - 1);
  }

  /** The lowest bits of all. */
  private low(count: number): number {
    const { bytes, start } = this;
    return (bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16)) & ((1 << count) - 1);
  }
}
