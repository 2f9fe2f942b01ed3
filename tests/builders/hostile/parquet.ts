import { zstd } from '../compress/zstd.ts';

/** Thrift's compact protocol: a number of seven bits a byte. */
function number(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...number(Math.floor(value / 128))];
}

const zigZag = (value: number): number[] => number(value < 0 ? -2 * value - 1 : 2 * value);

/** A field's type and bytes. */
type Field = readonly [type: number, bytes: ArrayLike<number>];

const int = (value: number): Field => [5, zigZag(value)];
const long = (value: number): Field => [6, zigZag(value)];
const text = (value: string): Field => [8, [...number(value.length), ...Buffer.from(value, 'latin1')]];
const nested = (fields: Readonly<Record<number, Field>>): Field => [12, struct(fields)];
/** A list of elements of one type. */
const list = (type: number, elements: readonly ArrayLike<number>[]): Field => [
  9,
  Buffer.concat([
    Uint8Array.from([0xf0 | type, ...number(elements.length)]),
    ...elements.map((bytes) => Uint8Array.from(bytes)),
  ]),
];

/** A struct of fields by their numbers. */
function struct(fields: Readonly<Record<number, Field>>): Uint8Array {
  let before = 0;
  const parts: Uint8Array[] = [];
  for (const [id, [type, bytes]] of Object.entries(fields)) {
    parts.push(Uint8Array.of(((Number(id) - before) << 4) | type), Uint8Array.from(bytes));
    before = Number(id);
  }
  return Buffer.concat([...parts, Uint8Array.of(0)]);
}

export const UNCOMPRESSED = 0;
export const ZSTD = 6;
export const [INT32, INT64, BYTE_ARRAY, FIXED_BYTES] = [1, 2, 6, 7];
/** Encodings of pages, and what a column of bytes may be said to be. */
const RUNS_OF_DICTIONARY = 8;
export const DELTA_TEXTS = 7;
export const DECIMAL = 5;

export interface HostileColumn {
  name: string;
  type: number;
  codec?: number;
  /** Bytes of each value of `FIXED_BYTES`. */
  typeLength?: number;
  /** As a converted type of the schema says; a text where it is left out. */
  convertedType?: number;
  /** The pages of each group, with their headers. */
  pages: Uint8Array;
}

/** A page of data. */
export function dataPage(values: number, encoding: number, content: Uint8Array, claimed = content.length): Uint8Array {
  const header = { 1: int(values), 2: int(encoding), 3: int(3), 4: int(3) };
  return Buffer.concat([struct({ 1: int(0), 2: int(claimed), 3: int(content.length), 5: nested(header) }), content]);
}

/** A packed page of empty texts. */
export function emptyTexts(rows: number): Uint8Array {
  return dataPage(rows, 0, zstd(new Uint8Array(4 * rows)), 4 * rows);
}

/** A page with the values of a dictionary. */
export function dictionaryPage(values: number, content: Uint8Array, claimed = content.length): Uint8Array {
  const header = { 1: int(values), 2: int(0) };
  return Buffer.concat([struct({ 1: int(2), 2: int(claimed), 3: int(content.length), 7: nested(header) }), content]);
}

/** So many rows that all have the first value of a dictionary. */
export function repeated(rows: number): Uint8Array {
  return dataPage(rows, RUNS_OF_DICTIONARY, Uint8Array.from([1, ...number(2 * rows), 0]));
}

/** A text as a plain value. */
export function plainText(value: string): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, value.length, true);
  return Buffer.concat([length, Buffer.from(value, 'latin1')]);
}

/** A column of one text in all rows. */
export function textColumn(name: string, value: string, rows: number): HostileColumn {
  return { name, type: BYTE_ARRAY, pages: Buffer.concat([dictionaryPage(1, plainText(value)), repeated(rows)]) };
}

/** What each flow table needs, with the same in all rows. */
export function neededColumns(rows: number): HostileColumn[] {
  return [
    textColumn('src_ip', '10.0.0.1', rows),
    textColumn('dst_ip', '203.0.113.9', rows),
    textColumn('dst_port', '443', rows),
    textColumn('bidirectional_first_seen_ms', '1772438400000', rows),
  ];
}

/** Pages that unpack to as many zeros as `claimed` says. */
export function zeroDictionary(claimed: number): Uint8Array {
  return dictionaryPage(0, zstd(new Uint8Array(claimed)), claimed);
}

/** A Parquet file of `groups` groups that all have the same columns, each of which lies there once. */
export function parquet(columns: readonly HostileColumn[], rows: number, groups = 1): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from('PAR1')];
  let at = 4;
  const chunks = columns.map(({ name, type, codec = UNCOMPRESSED, pages }) => {
    const start = at;
    parts.push(pages);
    at += pages.length;
    const description = {
      1: int(type),
      3: list(8, [text(name)[1]]),
      4: int(codec),
      5: long(rows),
      6: long(pages.length),
      7: long(pages.length),
      9: long(start),
    };
    return struct({ 2: long(start), 3: nested(description) });
  });
  const elements = columns.map(({ name, type, typeLength, convertedType }) =>
    struct({
      1: int(type),
      ...(typeLength === undefined ? {} : { 2: int(typeLength) }),
      3: int(0),
      4: text(name),
      ...(convertedType === undefined ? {} : { 6: int(convertedType) }),
    }),
  );
  const schema = [struct({ 4: text('flows'), 5: int(columns.length) }), ...elements];
  const group = struct({ 1: list(12, chunks), 2: long(1), 3: long(rows) });
  const all = Array.from({ length: groups }, () => group);
  return closed(parts, struct({ 1: int(1), 2: list(12, schema), 3: long(rows * groups), 4: list(12, all) }));
}

/** A file whose footer has a list of `count` structs of nothing. */
export function emptyStructs(count: number): Uint8Array {
  const schema = [struct({ 4: text('flows'), 5: int(0) })];
  const nothing = Buffer.concat([Uint8Array.from([0xfc, ...number(count)]), new Uint8Array(count)]);
  return closed(
    [Buffer.from('PAR1')],
    struct({ 1: int(1), 2: list(12, schema), 3: long(0), 4: list(12, []), 5: [9, nothing] }),
  );
}

function closed(parts: readonly Uint8Array[], footer: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, footer.length, true);
  return Buffer.concat([...parts, footer, length, Buffer.from('PAR1')]);
}
