/** Bits were asked for that have not been read yet. */
export class OutOfBits extends Error {
  override readonly name = 'OutOfBits';
}

const PEEKED = 20;

/** Bits of some bytes, the highest of each byte first. */
export class Bits {
  private readonly bytes: Uint8Array;
  private readonly end: number;
  private at: number;
  private held = 0;
  private count = 0;

  /** Begins `skipped` bits behind byte `start`; no byte from `end` on is looked at. */
  constructor(bytes: Uint8Array, start: number, end: number, skipped: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    if (skipped > 0) this.read(skipped);
  }

  /** The place of the next bit, in bits from the first byte of all. */
  get position(): number {
    return this.at * 8 - this.count;
  }

  /** Bits that were not taken yet; fewer than none behind the end. */
  get left(): number {
    return this.end * 8 - this.position;
  }

  /** The next bits, at most 24, as a number. Throws `OutOfBits`. */
  read(bits: number): number {
    while (this.count < bits) this.fill();
    this.skip(bits);
    return (this.held >>> this.count) & ((1 << bits) - 1);
  }

  /** The next 20 bits without taking them; zeros behind the end. */
  peek(): number {
    while (this.count < PEEKED) this.fill();
    return (this.held >>> (this.count - PEEKED)) & 0xf_ffff;
  }

  /** Takes bits that were peeked at. Throws `OutOfBits`. */
  skip(bits: number): void {
    this.count -= bits;
    if (this.at > this.end && this.position > this.end * 8) throw new OutOfBits('more bits than there are');
  }

  /** The next 32 bits as an unsigned number. */
  readWord(): number {
    const high = this.read(16);
    return ((high << 16) | this.read(16)) >>> 0;
  }

  private fill(): void {
    this.held = ((this.held << 8) | (this.at < this.end ? this.bytes[this.at] : 0)) & 0x7fff_ffff;
    this.at++;
    this.count += 8;
  }
}
