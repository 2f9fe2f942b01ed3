/** The typed arrays that flow columns are made of. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/**
 * A column that grows: made when it first holds something else than 0, so that a log of millions of rows without VLANs
 * costs no memory for VLANs. Room that is not used yet is not touched, so that it costs none either.
 */
export class GrowingColumn {
  private readonly make: (length: number) => NumberArray;
  private readonly makeWide: (length: number) => NumberArray;
  private values: NumberArray | null = null;

  /** `makeWide` makes what numbers above 32 bits need, for a column that may hold some. */
  constructor(make: (length: number) => NumberArray, makeWide = make) {
    this.make = make;
    this.makeWide = makeWide;
  }

  /** Sets the value of a row that was not set before and is below `room`, the room of all columns. */
  set(row: number, value: number, room: number): void {
    if (value === 0) return;
    let values = this.values ??= this.make(room);
    if (row >= values.length) values = this.values = enlarged(values, room);
    if (value > 0xffff_ffff && values instanceof Uint32Array) values = this.values = copyInto(this.makeWide(room), values);
    values[row] = value;
  }

  get(row: number): number {
    return this.values?.[row] ?? 0;
  }

  /** The first `length` rows; the column is empty afterwards. */
  take(length: number): NumberArray {
    const { values } = this;
    this.values = null;
    if (values === null) return this.make(length);
    return values.length >= length ? values.subarray(0, length) : enlarged(values, length);
  }
}

function enlarged(values: NumberArray, length: number): NumberArray {
  return copyInto(new (values.constructor as new (length: number) => NumberArray)(length), values);
}

function copyInto(target: NumberArray, from: NumberArray): NumberArray {
  target.set(from);
  return target;
}
