/** Rows of the first chunk; each one more has twice as many as the one before. */
const FIRST_BITS = 12;

/**
 * Rows of numbers in chunks: where they become more, nothing is copied, and what is not used yet is not touched. A row
 * begins at `place(row)` of `chunk(row)`. Chunks are few and large: so their memory goes back to the system.
 */
export class ChunkedRows<Numbers extends Float64Array | Int32Array> {
  private readonly chunks: Numbers[] = [];
  private readonly make: new (length: number) => Numbers;
  private readonly stride: number;

  /** @param stride numbers of a row */
  constructor(make: new (length: number) => Numbers, stride: number) {
    this.make = make;
    this.stride = stride;
  }

  /** Makes room for a row and those before it; new ones are all 0. */
  reserve(row: number): void {
    const { chunks } = this;
    while (chunkOf(row) >= chunks.length) chunks.push(new this.make(this.stride << (FIRST_BITS + chunks.length)));
  }

  /** What a row lies in that there is room for. */
  chunk(row: number): Numbers {
    return this.chunks[chunkOf(row)];
  }

  place(row: number): number {
    return (row - firstOf(chunkOf(row))) * this.stride;
  }

  get(row: number, number: number): number {
    const chunk = chunkOf(row);
    return this.chunks[chunk][(row - firstOf(chunk)) * this.stride + number];
  }

  set(row: number, number: number, value: number): void {
    const chunk = chunkOf(row);
    this.chunks[chunk][(row - firstOf(chunk)) * this.stride + number] = value;
  }
}

function chunkOf(row: number): number {
  return 31 - Math.clz32((row >>> FIRST_BITS) + 1);
}

/** The first row of a chunk. */
function firstOf(chunk: number): number {
  return ((1 << chunk) - 1) << FIRST_BITS;
}
