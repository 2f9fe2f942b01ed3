import type { Bits } from './bits.ts';

export const LONGEST_CODE = 20;
/** Codes of up to so many bits are looked up, as most are. */
const LOOKED_UP = 9;

/** Prefix codes in the canonical order: shorter codes first, and among those of one length by symbol. */
export class PrefixCodes {
  private readonly symbols: Uint16Array;
  /** By the first bits: the length of the code that they begin with, above 5 bits its symbol; 0 for longer codes. */
  private readonly short = new Uint16Array(1 << LOOKED_UP);
  /**
   * By length: the first code that is too large for it, as the highest of 20 bits, and what leads from a code to its
   * place in `symbols`.
   */
  private readonly limits = new Int32Array(LONGEST_CODE + 1);
  private readonly offsets = new Int32Array(LONGEST_CODE + 1);
  private readonly shortest: number;
  private readonly longest: number;

  private constructor(lengths: Uint8Array) {
    const counts = new Int32Array(LONGEST_CODE + 1);
    for (const length of lengths) counts[length]++;
    this.shortest = counts.findIndex((count) => count > 0);
    this.longest = counts.findLastIndex((count) => count > 0);
    this.symbols = new Uint16Array(lengths.length);
    const next = new Int32Array(LONGEST_CODE + 2);
    for (let length = 1; length <= LONGEST_CODE; length++) next[length + 1] = next[length] + counts[length];
    let code = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code <<= 1;
      this.offsets[length] = next[length] - code;
      code += counts[length];
      if (code > 1 << length) throw new Error('more codes than there can be');
      this.limits[length] = code << (LONGEST_CODE - length);
    }
    for (let symbol = 0; symbol < lengths.length; symbol++) this.symbols[next[lengths[symbol]]++] = symbol;
    this.fillShort(counts);
  }

  /** Reads the lengths of the codes of `count` symbols, each as its difference to the one before. */
  static read(bits: Bits, count: number): PrefixCodes {
    const lengths = new Uint8Array(count);
    let length = bits.read(5);
    for (let symbol = 0; symbol < count; symbol++) {
      for (;;) {
        if (length < 1 || length > LONGEST_CODE) throw new Error(`a code of ${length} bits`);
        if (bits.read(1) === 0) break;
        length += bits.read(1) === 0 ? 1 : -1;
      }
      lengths[symbol] = length;
    }
    return new PrefixCodes(lengths);
  }

  private fillShort(counts: Int32Array): void {
    let at = 0;
    let place = 0;
    for (let length = 1; length <= LOOKED_UP; length++) {
      for (let code = 0; code < counts[length]; code++) {
        const end = at + (1 << (LOOKED_UP - length));
        this.short.fill((this.symbols[place++] << 5) | length, at, end);
        at = end;
      }
    }
  }

  /** The symbol of the next code. */
  next(bits: Bits): number {
    const ahead = bits.peek();
    const short = this.short[ahead >>> (LONGEST_CODE - LOOKED_UP)];
    if (short !== 0) {
      bits.skip(short & 31);
      return short >>> 5;
    }
    let { shortest: length } = this;
    while (ahead >= this.limits[length]) if (++length > this.longest) throw new Error('a code that none has');
    bits.skip(length);
    return this.symbols[(ahead >>> (LONGEST_CODE - length)) + this.offsets[length]];
  }
}
