const LONGEST_CODE = 15;
/** Codes of up to so many bits are looked up; a table for longer ones would take longer to fill than a small block to unpack. */
const LOOKED_UP = 9;
const MOST_SYMBOLS = 288;

/** Prefix codes of deflate (RFC 1951, section 3.2.2). One object serves all blocks. */
export class Codes {
  /** What `entry` says of the next nine bits; 0 for a longer code, or none. */
  private readonly table = new Uint16Array(1 << LOOKED_UP);
  private readonly counts = new Uint16Array(LONGEST_CODE + 1);
  private readonly places = new Uint16Array(LONGEST_CODE + 2);
  /** Symbols by the length of their codes. */
  private readonly symbols = new Uint16Array(MOST_SYMBOLS);

  /** Whether each bit leads on to a code: a single code may stand alone, and none where none is used. */
  isWhole = false;

  constructor(lengths = new Uint8Array(0)) {
    this.set(lengths);
  }

  /** Takes the lengths of the codes of symbols, 0 for none. Throws where there are more codes than there can be, or fewer. */
  set(lengths: Uint8Array): void {
    const { counts, places, symbols, table } = this;
    counts.fill(0);
    for (const length of lengths) counts[length]++;
    counts[0] = places[1] = 0;
    let left = 1;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      left = 2 * left - counts[length];
      if (left < 0) throw new Error('more codes than there can be');
      places[length + 1] = places[length] + counts[length];
    }
    this.isWhole = left === 0;
    if (left > 0 && places[LONGEST_CODE + 1] > counts[1]) throw new Error('fewer codes than there should be');
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) symbols[places[lengths[symbol]]++] = symbol;
    }
    table.fill(0);
    let code = 0;
    let place = 0;
    for (let length = 1; length <= LOOKED_UP; length++) {
      code <<= 1;
      for (const end = place + counts[length]; place < end; place++)
        this.fill(reversed(code++, length), length, symbols[place]);
    }
  }

  /** Of the code that some bits begin with, at least as many as the longest has: 16 times its symbol, and its length; 0 where none is. */
  entry(bits: number): number {
    const entry = this.table[bits & (this.table.length - 1)];
    return entry === 0 ? this.long(bits) : entry;
  }

  private long(bits: number): number {
    const { counts, symbols } = this;
    let code = 0;
    let first = 0;
    let place = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code |= (bits >>> (length - 1)) & 1;
      const count = counts[length];
      if (code - first < count) return (symbols[place + code - first] << 4) | length;
      place += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0;
  }

  private fill(code: number, length: number, symbol: number): void {
    for (let at = code; at < this.table.length; at += 1 << length) this.table[at] = (symbol << 4) | length;
  }
}

/**
 * What symbols of lengths and distances begin at, of which each has so many bits added to it: `first`, and from there on
 * where the one before ends. Deflate and zstd have such tables.
 */
export function basesOf(bits: Uint8Array, first: number): Uint32Array {
  let base = first;
  return Uint32Array.from(bits, (count) => (base += 1 << count) - (1 << count));
}

/** Bits in the other order: codes come with their first bit lowest. */
function reversed(code: number, length: number): number {
  let bits = 0;
  for (let bit = 0; bit < length; bit++) bits |= ((code >> bit) & 1) << (length - 1 - bit);
  return bits;
}
