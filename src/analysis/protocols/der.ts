/** One DER element (X.690, section 8.1): its tag and where its content lies. */
export interface Element {
  tag: number;
  start: number;
  end: number;
}

/** The element at `at`, null where it does not fit before `end`, or where its length takes more than three bytes. */
export function elementAt(bytes: Uint8Array, at: number, end: number): Element | null {
  const element = claimedAt(bytes, at, end);
  return element === null || element.end > end ? null : element;
}

/** The same of bytes that were cut: an element that would go on behind `end` ends there. */
export function cutElementAt(bytes: Uint8Array, at: number, end: number): Element | null {
  const element = claimedAt(bytes, at, end);
  return element === null ? null : { ...element, end: Math.min(end, element.end) };
}

/** The element that begins at `at`, as long as it says that it is. */
function claimedAt(bytes: Uint8Array, at: number, end: number): Element | null {
  if (at + 2 > end) return null;
  let start = at + 2;
  let length = bytes[at + 1];
  if (length >= 0x80) {
    const count = length - 0x80;
    if (count === 0 || count > 3 || start + count > end) return null;
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + bytes[start++];
  }
  return { tag: bytes[at], start, end: start + length };
}
