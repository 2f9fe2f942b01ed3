/** Bytes of a name that are kept, its last ones: as many as the longest host name has (RFC 1035, section 2.3.4). */
export const NAME_LIMIT = 255;

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
 * The name in `bytes[start, end)`: lower case, its last 255 bytes, without spaces at either end. Every byte that is not
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
