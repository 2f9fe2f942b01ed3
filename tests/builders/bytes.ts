/** A growable byte writer. Numbers go out big endian unless the writer, or the call, says little endian. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  readonly #littleEndian: boolean;

  constructor(littleEndian = false) {
    this.#littleEndian = littleEndian;
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    const at = this.#grow(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number, littleEndian = this.#littleEndian): this {
    const at = this.#grow(2);
    this.#view.setUint16(at, value, littleEndian);
    return this;
  }

  u32(value: number, littleEndian = this.#littleEndian): this {
    const at = this.#grow(4);
    this.#view.setUint32(at, value, littleEndian);
    return this;
  }

  /** Signed values are written as their two's complement. */
  u64(value: bigint, littleEndian = this.#littleEndian): this {
    const at = this.#grow(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, value), littleEndian);
    return this;
  }

  bytes(values: ArrayLike<number>): this {
    const at = this.#grow(values.length);
    this.#bytes.set(values, at);
    return this;
  }

  text(text: string): this {
    return this.bytes(utf8(text));
  }

  zeros(count: number): this {
    this.#grow(count);
    return this;
  }

  /** Zeros up to the next multiple of `alignment`. */
  align(alignment: number): this {
    return this.zeros((alignment - (this.#length % alignment)) % alignment);
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}

/** Text as UTF-8, spelled out because TextEncoder is in neither the language nor every place a capture is built. */
function utf8(text: string): number[] {
  return Array.from(text).flatMap((character) => {
    const code = character.codePointAt(0)!;
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 0x3f)];
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  });
}
