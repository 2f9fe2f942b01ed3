/** Zeros within a line of which fewer stand side by side are of what it says. */
const FEWEST = 16;
const LINE_FEED = 0x0a;

/**
 * Takes the zeros out of a text that a hole in its file has: one that was cut off while it was written, as
 * logrotate's copytruncate does, begins with them, and one whose machine lost its power ends with them. A line that
 * one begins in ends there.
 */
export class Holes {
  /** Zeros that were taken out. */
  zeros = 0;
  /** Those before what comes next. */
  private waiting = 0;
  private last = LINE_FEED;

  /** The bytes of the next piece, which is not changed. */
  take(piece: Uint8Array): Uint8Array {
    if (piece.length === 0) return piece;
    if (this.waiting === 0 && !piece.includes(0)) {
      this.last = piece[piece.length - 1];
      return piece;
    }
    const text = new Uint8Array(piece.length + FEWEST);
    let length = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === 0) {
        this.waiting++;
        continue;
      }
      if (this.waiting > 0) length = this.pass(text, length);
      text[length++] = byte;
      this.last = byte;
    }
    return text.subarray(0, length);
  }

  /** Zeros at the end, which nothing comes behind. */
  end(): void {
    this.zeros += this.waiting;
    this.waiting = 0;
  }

  /**
   * Passes over a hole, or writes zeros that are none behind so many bytes of a text; comes back with how many it has
   * then.
   */
  private pass(text: Uint8Array, length: number): number {
    const { waiting, last } = this;
    this.waiting = 0;
    if (last !== LINE_FEED && waiting < FEWEST) return length + waiting;
    this.zeros += waiting;
    if (last === LINE_FEED) return length;
    text[length] = LINE_FEED;
    return length + 1;
  }
}
