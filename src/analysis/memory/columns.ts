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
