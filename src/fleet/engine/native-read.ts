import type { ColumnNumbers } from './native-write.ts';

/** A column of texts: row `r` is `bytes[starts[r], ends[r])` in UTF-8. */
export interface TextCells {
  bytes: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
}

/** One block of an answer: columns by name, numbers or texts. */
export interface NativeBlock {
  rows: number;
  numbers: Map<string, ColumnNumbers>;
  texts: Map<string, TextCells>;
}

const TWO_32 = 2 ** 32;
const READERS: Readonly<Record<string, new (buffer: ArrayBuffer) => ColumnNumbers>> = {
  UInt8: Uint8Array,
  Bool: Uint8Array,
  Int8: Int8Array,
  UInt16: Uint16Array,
  UInt32: Uint32Array,
  Float64: Float64Array,
};

/** The blocks of an answer in ClickHouse's Native format. Throws a `RangeError` for what is none or of another type. */
export function* readNative(bytes: Uint8Array): Generator<NativeBlock> {
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const columns = takeVarint(cursor);
    const rows = takeVarint(cursor);
    const block: NativeBlock = { rows, numbers: new Map(), texts: new Map() };
    for (let column = 0; column < columns; column++) takeColumn(cursor, block);
    yield block;
  }
}

/** All rows of an answer as objects: for answers of few rows. */
export function recordsOf(bytes: Uint8Array): Record<string, string | number>[] {
  const records: Record<string, string | number>[] = [];
  for (const { rows, numbers, texts } of readNative(bytes)) {
    for (let row = 0; row < rows; row++) {
      const record: Record<string, string | number> = {};
      for (const [name, values] of numbers) record[name] = values[row];
      for (const [name, cells] of texts) record[name] = textAt(cells, row);
      records.push(record);
    }
  }
  return records;
}

/** The text of a row. */
export function textAt({ bytes, starts, ends }: TextCells, row: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', starts[row], ends[row]);
}

interface Cursor {
  bytes: Uint8Array;
  at: number;
}

function takeColumn(cursor: Cursor, { rows, numbers, texts }: NativeBlock): void {
  const name = takeText(cursor);
  const type = takeText(cursor);
  if (type === 'String') texts.set(name, takeTexts(cursor, rows));
  else if (type === 'UInt64' || type === 'Int64') numbers.set(name, takeWideNumbers(cursor, rows));
  else {
    const Reader = READERS[type];
    if (Reader === undefined) throw new RangeError(`column ${name} is of the type ${type}, which is not read here`);
    const width = type === 'Float64' ? 8 : type === 'UInt32' ? 4 : type === 'UInt16' ? 2 : 1;
    numbers.set(name, new Reader(takeBytes(cursor, rows * width)));
  }
}

function takeTexts(cursor: Cursor, rows: number): TextCells {
  const starts = new Uint32Array(rows);
  const ends = new Uint32Array(rows);
  const { bytes } = cursor;
  for (let row = 0; row < rows; row++) {
    const length = bytes[cursor.at] < 0x80 ? bytes[cursor.at++] : takeVarint(cursor);
    starts[row] = cursor.at;
    cursor.at += length;
    ends[row] = cursor.at;
  }
  if (cursor.at > bytes.length) throw cut();
  return { bytes, starts, ends };
}

/** Numbers of 64 bits, exact up to 2^53; negative ones do not come. */
function takeWideNumbers(cursor: Cursor, rows: number): Float64Array {
  const words = new Uint32Array(takeBytes(cursor, rows * 8));
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = words[2 * row] + words[2 * row + 1] * TWO_32;
  return values;
}

/** A copy, so that numbers lie where their width asks for. */
function takeBytes(cursor: Cursor, length: number): ArrayBuffer {
  const end = cursor.at + length;
  if (end > cursor.bytes.length) throw cut();
  const copy = new Uint8Array(length);
  copy.set(cursor.bytes.subarray(cursor.at, end));
  cursor.at = end;
  return copy.buffer;
}

function takeText(cursor: Cursor): string {
  const length = takeVarint(cursor);
  const text = Buffer.from(takeBytes(cursor, length)).toString('utf8');
  return text;
}

function takeVarint(cursor: Cursor): number {
  let value = 0;
  for (let scale = 1; ; scale *= 0x80) {
    if (cursor.at >= cursor.bytes.length) throw cut();
    const byte = cursor.bytes[cursor.at++];
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
}

function cut(): RangeError {
  return new RangeError('the answer of the engine ends in the middle of a block');
}
