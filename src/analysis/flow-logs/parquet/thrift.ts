import { zigZag } from './runs.ts';

const [STOP, TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, STRUCT] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12];
const DEEPEST = 32;
const LONGEST_NUMBER = 10;
/** The library makes an object of each struct. A thousand row groups of a hundred columns have about half as many. */
const MOST_STRUCTS = 1 << 20;
const MOST_VALUES = 1 << 22;

/** A field of a struct that is passed over: which of which struct's, and its number; null where it is none. */
export interface ThriftField {
  /** The field that the struct itself is of the outermost one; 0 for the outermost. */
  parent: number;
  depth: number;
  field: number;
  kind: 'number' | 'struct' | 'other';
  value: number;
}

/**
 * Passes over structs of Thrift's compact protocol, before the library reads them: it makes room for as many elements as
 * a list claims, follows structs as deep as they go, and takes the square for numbers without end.
 */
export class ThriftWalk {
  at: number;
  private structs = 0;
  private values = 0;
  private readonly bytes: Uint8Array;
  private readonly onField: (field: ThriftField) => void;

  constructor(bytes: Uint8Array, at: number, onField: (field: ThriftField) => void = () => {}) {
    this.bytes = bytes;
    this.at = at;
    this.onField = onField;
  }

  /** Passes over the struct at `at`. Throws where it is none. */
  struct(parent = 0, depth = 0): void {
    if (depth > DEEPEST) throw new RangeError('structs within structs without end');
    if (++this.structs > MOST_STRUCTS) throw new RangeError(`more than ${MOST_STRUCTS} structs`);
    let field = 0;
    for (;;) {
      const head = this.byte();
      const type = head & 15;
      if (type === STOP) return;
      const step = head >> 4;
      field = step === 0 ? zigZag(this.number()) : field + step;
      const kind = type === STRUCT ? 'struct' : type === I32 || type === I64 || type <= FALSE ? 'number' : 'other';
      const value = this.element(type, depth === 0 ? field : parent, depth);
      this.onField({ parent, depth, field, kind, value });
    }
  }

  /** Passes over a value; comes back with the number that it is. */
  private element(type: number, parent: number, depth: number): number {
    if (++this.values > MOST_VALUES) throw new RangeError(`more than ${MOST_VALUES} values`);
    if (type === TRUE || type === FALSE) return Number(type === TRUE);
    if (type === I16 || type === I32 || type === I64) return zigZag(this.number());
    if (type === BYTE) this.pass(1);
    else if (type === DOUBLE) this.pass(8);
    else if (type === BINARY) this.pass(this.number());
    else if (type === LIST) this.list(parent, depth);
    else if (type === STRUCT) this.struct(parent, depth + 1);
    else throw new RangeError(`a value of the type ${type}`);
    return Number.NaN;
  }

  /** Each element takes a byte at least. */
  private list(parent: number, depth: number): void {
    if (depth > DEEPEST) throw new RangeError('lists within lists without end');
    const head = this.byte();
    const type = (head & 15) <= FALSE ? BYTE : head & 15;
    const count = head >> 4 === 15 ? this.number() : head >> 4;
    if (count < 0 || count > this.bytes.length - this.at) throw new RangeError(`a list claims ${count} elements`);
    for (let element = 0; element < count; element++) this.element(type, parent, depth + 1);
  }

  /** A number of seven bits a byte. */
  private number(): number {
    let value = 0;
    for (let shift = 0; shift < 7 * LONGEST_NUMBER; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError('a number without end');
  }

  private byte(): number {
    this.pass(1);
    return this.bytes[this.at - 1];
  }

  private pass(count: number): void {
    if (count > this.bytes.length - this.at) throw new RangeError(`it claims ${count} bytes where there are fewer`);
    this.at += count;
  }
}
