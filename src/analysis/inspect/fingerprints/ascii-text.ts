const COMMA = 0x2c;
const HYPHEN = 0x2d;
const ZERO = 0x30;
const HEX_DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** Digits of the largest number of sixteen bits, and what stands before it. */
const LONGEST_NUMBER = 6;

/**
 * ASCII characters one behind the other, in memory that serves again: fingerprints hash lists of numbers, of which a hello
 * may have thousands, and a text of each would take longer than the hash.
 */
export class AsciiText {
  private memory = new Uint8Array(4096);
  private length = 0;

  /** What was put, good until the next is begun. */
  get bytes(): Uint8Array {
    return this.memory.subarray(0, this.length);
  }

  /** Begins anew. */
  begun(): this {
    this.length = 0;
    return this;
  }

  text(text: string): this {
    this.makeRoom(text.length);
    for (let at = 0; at < text.length; at++) this.memory[this.length++] = text.charCodeAt(at);
    return this;
  }

  /** Numbers below 2^16 as decimals with a hyphen between two. */
  decimals(values: ArrayLike<number>): this {
    this.makeRoom(LONGEST_NUMBER * values.length);
    for (let index = 0; index < values.length; index++) {
      if (index > 0) this.memory[this.length++] = HYPHEN;
      this.decimal(values[index]);
    }
    return this;
  }

  /** Numbers below 2^16 as four hexadecimal digits each, with a comma between two. */
  hexadecimals(values: ArrayLike<number>): this {
    const { memory } = this.makeRoom(LONGEST_NUMBER * values.length);
    for (let index = 0; index < values.length; index++) {
      if (index > 0) memory[this.length++] = COMMA;
      for (let shift = 12; shift >= 0; shift -= 4) memory[this.length++] = HEX_DIGITS[(values[index] >> shift) & 15];
    }
    return this;
  }

  private decimal(value: number): void {
    for (let unit = value > 9999 ? 10_000 : value > 999 ? 1000 : value > 99 ? 100 : value > 9 ? 10 : 1; unit > 0;) {
      this.memory[this.length++] = ZERO + (((value / unit) | 0) % 10);
      unit = (unit / 10) | 0;
    }
  }

  private makeRoom(count: number): this {
    if (this.length + count <= this.memory.length) return this;
    const larger = new Uint8Array(2 * (this.length + count));
    larger.set(this.bytes);
    this.memory = larger;
    return this;
  }
}
