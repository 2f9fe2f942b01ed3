let viewed: Uint8Array = new Uint8Array(0);
let view = new DataView(viewed.buffer);

/**
 * A view of the same bytes that reads several at once. Packets one after another lie in the same chunk: the last view
 * is kept.
 */
export function viewOf(bytes: Uint8Array): DataView {
  if (bytes === viewed) return view;
  view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  viewed = bytes;
  return view;
}

/** Whether `run` has, from `at` on, the first `length` of `words`. */
export function sameWords(run: Int32Array, at: number, words: Int32Array, length: number): boolean {
  for (let index = 0; index < length; index++) {
    if (run[at + index] !== words[index]) return false;
  }
  return true;
}

/** A character for each of the bytes in `bytes[start, end)`, a few hundred at most, as it is: a text of its own. */
export function textOfBytes(bytes: Uint8Array, start: number, end: number): string {
  // apply takes the array as it is; spreading it first walks it with an iterator, which doubles the time.
  return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
}
