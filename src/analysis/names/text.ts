/** Bytes of a name that are kept: its last 79, as NFStream's `requested_server_name` has them. */
export const NAME_LIMIT = 79;

/**
 * What looking for a name gave: the name (bounded and printable, see `nameText`), '' when there is none, or null when
 * the bytes end before that is decided.
 */
export type Finding = string | null;

const SPACE = 0x20;
const TAB = 0x09;
const QUESTION_MARK = 0x3f;

const kept = new Uint8Array(NAME_LIMIT);

/** Whether a byte is a visible ASCII character or a space. */
export function isPrintable(byte: number): boolean {
  return byte >= SPACE && byte < 0x7f;
}

/**
 * The name in `bytes[start, end)`: lower case, its last 79 bytes, without spaces at either end. Every byte that is not
 * printable ASCII becomes `?`: a name can hold neither control characters nor anything that reorders text.
 */
export function nameText(bytes: Uint8Array, start: number, end: number): string {
  let first = start;
  let last = end;
  while (first < last && isBlank(bytes[first])) first++;
  while (first < last && isBlank(bytes[last - 1])) last--;
  first = Math.max(first, last - NAME_LIMIT);
  const length = last - first;
  for (let i = 0; i < length; i++) {
    const byte = bytes[first + i];
    if (byte >= 0x41 && byte <= 0x5a) kept[i] = byte + 0x20;
    else kept[i] = isPrintable(byte) ? byte : QUESTION_MARK;
  }
  // apply takes the array as it is; spreading it first walks it with an iterator, which doubles the time.
  return String.fromCharCode.apply(null, kept.subarray(0, length) as unknown as number[]);
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** The same of a name that is text already: of characters beyond Latin-1 only that they are there is kept. */
export function nameOfText(text: string): string {
  const bytes = Uint8Array.from({ length: text.length }, (_, index) => Math.min(text.charCodeAt(index), 0xff));
  return nameText(bytes, 0, bytes.length);
}
