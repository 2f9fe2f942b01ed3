const MOST_STATES = 1 << 9;
const LEAST_ACCURACY = 5;

/**
 * A table of finite state entropy codes (RFC 8878, section 4.1): what symbol each state stands for, and how the next one
 * is found. One object serves for table after table: blocks of a few bytes may each bring their own.
 */
export class FseTable {
  readonly symbols = new Uint8Array(MOST_STATES);
  /** How many bits are read for the next state, and what they are added to. */
  readonly bits = new Uint8Array(MOST_STATES);
  readonly bases = new Uint16Array(MOST_STATES);
  /** Bits of the first state. */
  accuracy = 0;

  /** A table in which every state is one symbol. */
  repeat(symbol: number): this {
    this.accuracy = this.bits[0] = this.bases[0] = 0;
    this.symbols[0] = symbol;
    return this;
  }

  /**
   * Reads a table (section 4.1.1) from `[at, end)`; comes back with where it ends. Throws where it is none, or has
   * symbols or states that it may not have.
   */
  read(bytes: Uint8Array, at: number, end: number, mostSymbol: number, mostAccuracy: number): number {
    let bit = 8 * at;
    const take = (count: number): number => {
      const byte = bit >> 3;
      const value = bytes[byte] | (bytes[byte + 1] << 8) | (bytes[byte + 2] << 16);
      const taken = (value >> (bit & 7)) & ((1 << count) - 1);
      bit += count;
      if (bit > 8 * end) throw new Error('a table that ends too early');
      return taken;
    };
    const accuracy = take(4) + LEAST_ACCURACY;
    if (accuracy > mostAccuracy) throw new Error(`a table of ${2 ** accuracy} states`);
    const counts: number[] = [];
    let left = 1 << accuracy;
    while (left > 0) {
      const width = 32 - Math.clz32(left + 1);
      const short = 2 ** width - 2 - left;
      let value = take(width - 1);
      // Small numbers take one bit less.
      if (value >= short && take(1) === 1) value += 2 ** (width - 1) - short;
      const count = value - 1;
      counts.push(count);
      left -= Math.abs(count);
      for (let more = count === 0 ? 3 : 0; more === 3;) {
        more = take(2);
        for (let zero = 0; zero < more; zero++) counts.push(0);
      }
      if (counts.length > mostSymbol + 1) throw new Error('a table of symbols that there are not');
    }
    this.build(accuracy, counts);
    return (bit + 7) >> 3;
  }

  /** Lays out the states: -1 is a symbol of one state that is left by reading it anew. */
  build(accuracy: number, counts: readonly number[]): this {
    const { symbols, bits, bases } = this;
    const size = 1 << accuracy;
    let free = size;
    for (const [symbol, count] of counts.entries()) if (count < 0) symbols[--free] = symbol;
    const step = (size >> 1) + (size >> 3) + 3;
    let state = 0;
    for (const [symbol, count] of counts.entries()) {
      for (let each = 0; each < count; each++) {
        symbols[state] = symbol;
        do state = (state + step) & (size - 1);
        while (state >= free);
      }
    }
    const next = counts.map(Math.abs);
    for (let index = 0; index < size; index++) {
      const number = next[symbols[index]]++;
      bits[index] = accuracy - 31 + Math.clz32(number);
      bases[index] = (number << bits[index]) - size;
    }
    this.accuracy = accuracy;
    return this;
  }
}
