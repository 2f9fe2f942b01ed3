const SEGMENT_BITS = 16;
const SEGMENT_ROWS = 1 << SEGMENT_BITS;

/** The typed arrays that flow columns are made of. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/**
 * A column that grows without being copied: in segments, of which only those exist that hold something else than 0.
 * A log of millions of rows without VLANs costs no memory for VLANs.
 */
export class GrowingColumn {
  private readonly make: (length: number) => NumberArray;
  private readonly makeWide: (length: number) => NumberArray;
  private segments: (NumberArray | undefined)[] = [];
  private wide = false;

  /** `makeWide` makes what numbers above 32 bits need, for a column that may hold some. */
  constructor(make: (length: number) => NumberArray, makeWide = make) {
    this.make = make;
    this.makeWide = makeWide;
  }

  /** Sets the value of a row that was not set before. */
  set(row: number, value: number): void {
    if (value === 0) return;
    const place = row >>> SEGMENT_BITS;
    let segment = this.segments[place] ??= this.make(SEGMENT_ROWS);
    if (value > 0xffff_ffff && segment instanceof Uint32Array) {
      segment = this.segments[place] = copyInto(this.makeWide(SEGMENT_ROWS), segment, 0);
      this.wide = true;
    }
    segment[row & (SEGMENT_ROWS - 1)] = value;
  }

  get(row: number): number {
    return this.segments[row >>> SEGMENT_BITS]?.[row & (SEGMENT_ROWS - 1)] ?? 0;
  }

  /** The first `length` rows in one piece; the column is empty afterwards, so that both are never whole in memory. */
  take(length: number): NumberArray {
    const whole = this.wide ? this.makeWide(length) : this.make(length);
    const { segments } = this;
    this.segments = [];
    for (let place = 0; place < segments.length; place++) {
      const segment = segments[place];
      segments[place] = undefined;
      if (segment !== undefined) copyInto(whole, segment.subarray(0, length - place * SEGMENT_ROWS), place * SEGMENT_ROWS);
    }
    return whole;
  }
}

function copyInto(target: NumberArray, from: NumberArray, at: number): NumberArray {
  target.set(from, at);
  return target;
}
