import type { NumberArray } from './growing-column.ts';

/** The typed arrays that columns are, and what fits in them. */
type Column = Int8Array | Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/**
 * A column with a number for each of some values. `from` of a typed array does the same, but where it is told what to make of
 * each value it lists them all first, at forty bytes for each: a flood has millions.
 */
export function columnOf<Made extends Column, Value>(
  Type: new (length: number) => Made,
  values: Readonly<ArrayLike<Value>>,
  of: (value: Value, place: number) => number,
): Made {
  const { length } = values;
  const column = new Type(length);
  for (let place = 0; place < length; place++) column[place] = of(values[place], place);
  return column;
}

/** Columns under their names, or under names in objects of the table. */
interface Table {
  [name: string]: NumberArray | Table;
}

/**
 * Moves the columns of some tables into one run of bytes, the widest first so that each lies where its width allows: a
 * row of tables that have no other can be compared as a whole. The tables have the moved columns then.
 */
export function inOneRun(tables: readonly object[]): Uint8Array {
  const places = tables.flatMap((table) => placesIn(table as Table));
  places.sort((a, b) => b.column.BYTES_PER_ELEMENT - a.column.BYTES_PER_ELEMENT);
  const run = new Uint8Array(places.reduce((sum, { column }) => sum + column.byteLength, 0));
  let at = 0;
  for (const { table, name, column } of places) {
    const Type = column.constructor as new (buffer: ArrayBufferLike, at: number, length: number) => NumberArray;
    const moved = new Type(run.buffer, at, column.length);
    moved.set(column);
    table[name] = moved;
    at += column.byteLength;
  }
  return run;
}

function placesIn(table: Table): { table: Table; name: string; column: NumberArray }[] {
  return Object.entries(table).flatMap(([name, column]) => {
    return ArrayBuffer.isView(column) ? [{ table, name, column }] : placesIn(column);
  });
}
