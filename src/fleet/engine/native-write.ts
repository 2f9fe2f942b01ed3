/** Numbers that a column is made of; those of 64 bits are exact up to 2^53. */
export type ColumnNumbers = Uint8Array | Uint16Array | Uint32Array | Float64Array | Int8Array;

/** Types of columns that are written here. */
export type ColumnType = 'UInt8' | 'Int8' | 'UInt16' | 'UInt32' | 'UInt64' | 'Float64' | 'String';

/** One column of a block: `bytes` is its data as Native has it. */
export interface WrittenColumn {
  name: string;
  type: ColumnType;
  bytes: Uint8Array;
}

const TWO_32 = 2 ** 32;
const MAKERS = {
  UInt8: Uint8Array,
  Int8: Int8Array,
  UInt16: Uint16Array,
  UInt32: Uint32Array,
  Float64: Float64Array,
} as const;

/** One block of ClickHouse's Native format: the number of columns and rows, then column after column. */
export function nativeBlock(rows: number, columns: readonly WrittenColumn[]): Uint8Array {
  const parts: Uint8Array[] = [varint(columns.length), varint(rows)];
  for (const { name, type, bytes } of columns) parts.push(nativeText(name), nativeText(type), bytes);
  return Buffer.concat(parts);
}

/** Numbers as a column of a type; they fit into it. */
export function numberColumn(
  name: string,
  type: Exclude<ColumnType, 'String'>,
  numbers: ArrayLike<number>,
): WrittenColumn {
  if (type === 'UInt64') return { name, type, bytes: wideNumbers(numbers) };
  const Maker = MAKERS[type];
  const values = numbers instanceof Maker ? numbers : Maker.from(numbers);
  return { name, type, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) };
}

/** Texts as a column: the text of each row by its number. Each text is encoded once, however many rows have it. */
export function textColumn(name: string, numbers: ArrayLike<number>, texts: readonly string[]): WrittenColumn {
  const encoded: (Uint8Array | undefined)[] = [];
  let length = 0;
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row];
    length += (encoded[number] ??= nativeText(texts[number])).length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let row = 0; row < numbers.length; row++) {
    const text = encoded[numbers[row]]!;
    if (text.length === 1) bytes[at] = text[0];
    else bytes.set(text, at);
    at += text.length;
  }
  return { name, type: 'String', bytes };
}

/** A text with its length in bytes before it. */
export function nativeText(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** Whole numbers below 2^53 as 64 bits, low word first. */
function wideNumbers(numbers: ArrayLike<number>): Uint8Array {
  const words = new Uint32Array(2 * numbers.length);
  for (let row = 0; row < numbers.length; row++) {
    words[2 * row] = numbers[row] % TWO_32;
    words[2 * row + 1] = Math.floor(numbers[row] / TWO_32);
  }
  return new Uint8Array(words.buffer);
}
