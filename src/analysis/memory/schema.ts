/** The arrays that hold a column of a type: the narrowest that its largest value allows, if there is a choice. */
export const ARRAYS = {
  u8: [Uint8Array],
  u16: [Uint16Array],
  u32: [Uint32Array],
  f64: [Float64Array],
  /** Numbers that are small in most captures and logs. */
  'to-u32': [Uint16Array, Uint32Array],
  /** Bytes and milliseconds: 32 bits are 4 GiB and 49 days. */
  'to-f64': [Uint32Array, Float64Array],
} as const;

/** What one value of a column takes; `none` is a field that is worked out of other columns and stored nowhere. */
export type StorageType = keyof typeof ARRAYS | 'none';

/** What a value counts or measures; `time` is milliseconds since 1970, `share` and `score` lie between 0 and 1. */
export type Unit = 'text' | 'number' | 'count' | 'packets' | 'bytes' | 'ms' | 's' | 'time' | 'share' | 'score' | 'code';

/** How a column is stored. */
export interface StoredColumn {
  type: StorageType;
  /** Values of one row, one after another; 1 unless said. */
  perRow?: number;
  /** What a row holds that nothing was written to; 0 unless said. */
  empty?: number;
}

/** What a field is, for people and for the tools that read exports. */
export interface FieldText {
  /** Its name in exports; '' for one that no export writes. */
  name: string;
  unit: Unit;
  title: string;
  /** What it says and how it came about, in one line. */
  meaning: string;
}

/** A field by how it is stored and what it is. */
export function field<Type extends StoredColumn['type'], Name extends string>(
  type: Type,
  name: Name,
  unit: Unit,
  title: string,
  meaning: string,
) {
  return { type, name, unit, title, meaning };
}

/** A table's columns by the names of its properties. */
export type Schema = Readonly<Record<string, Readonly<StoredColumn>>>;

interface ArrayTypes {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  f64: Float64Array;
  'to-u32': Uint16Array | Uint32Array;
  'to-f64': Uint32Array | Float64Array;
}

/** The typed arrays of a schema; fields that are stored nowhere have none. */
export type ColumnsOf<S extends Schema> = {
  -readonly [
    Name in keyof S as S[Name]['type'] extends keyof ArrayTypes ? Name : never
  ]: S[Name]['type'] extends keyof ArrayTypes ? ArrayTypes[S[Name]['type']] : never;
};

/** What columns lie in: memory of one thread, or memory that several share. */
export type ColumnMemory = new (bytes: number) => ArrayBufferLike;

/** Columns for `length` rows that nothing was written to, each as wide as its type can be. */
export function createColumns<S extends Schema>(
  schema: S,
  length: number,
  Memory: ColumnMemory = ArrayBuffer,
): ColumnsOf<S> {
  const columns: Record<string, ArrayTypes[keyof ArrayTypes]> = {};
  for (const [name, { type, perRow = 1, empty = 0 }] of Object.entries(schema)) {
    if (type === 'none') continue;
    const Widest = ARRAYS[type][ARRAYS[type].length - 1];
    const column = new Widest(new Memory(length * perRow * Widest.BYTES_PER_ELEMENT) as ArrayBuffer);
    columns[name] = empty === 0 ? column : column.fill(empty);
  }
  // A copy's properties are as fast as those of a literal; an object that was filled one by one is a dictionary.
  return { ...columns } as ColumnsOf<S>;
}

/** A number that not every row has: NaN where there is none. */
export function measured(name: string, unit: Unit, title: string, meaning: string) {
  return { type: 'f64', empty: Number.NaN, name, unit, title, meaning } as const;
}

/** The columns of a schema that are stored. */
export type StoredName<S extends Schema> = keyof ColumnsOf<S> & string;

/** Their names, in the schema's order. */
export function storedNames<S extends Schema>(schema: S): StoredName<S>[] {
  return Object.keys(schema).filter((name) => schema[name].type !== 'none') as StoredName<S>[];
}

/** The names of a schema's properties, in its order. */
export function columnNames<Name extends string>(schema: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(schema) as Name[];
}
