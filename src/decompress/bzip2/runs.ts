/** So many equal bytes are followed by a count of more. */
const COUNTED_FROM = 4;
const POLYNOMIAL = 0x04c1_1db7;

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 24;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ (remainder < 0 ? POLYNOMIAL : 0);
  return remainder;
});

/** Writes out the runs of blocks' bytes, and computes the CRC-32 of what they become. One object serves all blocks. */
export class Runs {
  private remainder = -1;
  private last = -1;
  /** How many of the latest bytes are equal, and how many more of them are still to be written. */
  private equal = 0;
  private owed = 0;
  private readonly out: Uint8Array;
  private filled = 0;

  /** @param pieceBytes how many bytes are handed on at a time */
  constructor(pieceBytes: number) {
    this.out = new Uint8Array(pieceBytes);
  }

  /** Begins a block. */
  begin(): void {
    this.remainder = this.last = -1;
    this.equal = this.owed = this.filled = 0;
  }

  /** CRC-32 of the block's bytes so far, the highest bit of each first. */
  get checksum(): number {
    return ~this.remainder >>> 0;
  }

  /** The bytes with their runs, in full pieces: each is good until the next one is asked for. */
  *expand(bytes: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length || this.owed > 0;) {
      at = this.take(bytes, at);
      if (this.filled === this.out.length) yield this.rest();
    }
  }

  /** What does not fill a piece. */
  rest(): Uint8Array {
    const piece = this.out.subarray(0, this.filled);
    this.filled = 0;
    return piece;
  }

  /** Takes bytes from a place on until the piece is full, and returns the place behind them. */
  private take(bytes: Uint8Array, start: number): number {
    const { out } = this;
    let { remainder, last, equal, owed, filled } = this;
    let at = start;
    while (filled < out.length && (owed > 0 || at < bytes.length)) {
      if (owed > 0) owed--;
      else if (equal === COUNTED_FROM) {
        owed = bytes[at++];
        equal = 0;
        continue;
      } else {
        const byte = bytes[at++];
        equal = byte === last ? equal + 1 : 1;
        last = byte;
      }
      remainder = (remainder << 8) ^ TABLE[(remainder >>> 24) ^ last];
      out[filled++] = last;
    }
    Object.assign(this, { remainder, last, equal, owed, filled });
    return at;
  }
}
