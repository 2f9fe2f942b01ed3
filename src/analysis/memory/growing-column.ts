import { ARRAYS } from './schema.ts';

/** The typed arrays that flow columns are made of. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

type Maker = new (length: number) => NumberArray;

/**
 * A column that grows: made when it first holds something else than 0, so that a log of millions of rows without VLANs
 * costs no memory for VLANs. Room that is not used yet is not touched, so that it costs none either. It is as narrow as
 * its largest number allows.
 */
export class GrowingColumn {
  private readonly makers: readonly Maker[];
  /** Which of the makers made `values`, and the largest number that those can hold. */
  private width = 0;
  private most = 0;
  private values: NumberArray | null = null;

  /** Numbers above what the widest array of the type can hold do not come. */
  constructor(type: keyof typeof ARRAYS) {
    this.makers = ARRAYS[type];
  }

  /** Sets the value of a row that was not set before and is below `room`, the room of all columns. */
  set(row: number, value: number, room: number): void {
    if (value === 0) return;
    let { values } = this;
    if (values === null || row >= values.length || value > this.most) values = this.prepare(row, value, room);
    values[row] = value;
  }

  /** The same for a row that may have been set before. */
  replace(row: number, value: number, room: number): void {
    if (this.values !== null && row < this.values.length && value <= this.most) this.values[row] = value;
    else this.set(row, value, room);
  }

  get(row: number): number {
    return this.values?.[row] ?? 0;
  }

  /** The first `length` rows; the column is empty afterwards. */
  take(length: number): NumberArray {
    const { values } = this;
    this.values = null;
    if (values === null) return new this.makers[0](length);
    return values.length >= length ? values.subarray(0, length) : copyInto(new this.makers[this.width](length), values);
  }

  /** The first `length` rows as a column of their own. */
  copy(length: number): GrowingColumn {
    const copy = Object.assign(Object.create(GrowingColumn.prototype) as GrowingColumn, this);
    copy.values = this.values?.slice(0, length) ?? null;
    return copy;
  }

  /** Makes an array that has room for a row and is wide enough for its value, and moves what is there into it. */
  private prepare(row: number, value: number, room: number): NumberArray {
    const { values, makers } = this;
    while (this.width < makers.length - 1 && value > mostOf(new makers[this.width](0))) this.width++;
    const made = new makers[this.width](values !== null && row < values.length ? values.length : room);
    this.most = mostOf(made);
    this.values = values === null ? made : copyInto(made, values);
    return made;
  }
}

/** The largest whole number that an array can hold. */
function mostOf(values: NumberArray): number {
  return values instanceof Float64Array ? Number.POSITIVE_INFINITY : 2 ** (8 * values.BYTES_PER_ELEMENT) - 1;
}

/** Writes what a column holds into the beginning of a larger one, and gives that. */
export function copyInto<Column extends NumberArray | Int32Array>(target: Column, from: Column): Column {
  target.set(from);
  return target;
}

/** From so many entries on, room that is empty costs more than copying: some systems count it though nobody touched it. */
const LARGE = 1 << 20;

/** How many entries columns of `capacity` grow to: copying them stays linear in the entries there are in the end. */
export function grownCapacity(capacity: number): number {
  return capacity < LARGE ? Math.min(capacity * 4, 2 * LARGE) : Math.ceil(capacity * 1.25);
}
