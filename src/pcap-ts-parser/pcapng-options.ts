const OPTION_END = 0;
const OPTION_COMMENT = 1;

/**
 * Walks the options at the end of a block's body (draft-ietf-opsawg-pcapng, section 3.5): code, length, value, filled
 * up to a multiple of 4. Ends at the end option, or where an option claims more than there is.
 *
 * @param visit is given each option's code, the position of its value and the value's length
 * @returns how many of them are comments
 */
export function eachOption(
  view: DataView,
  from: number,
  end: number,
  littleEndian: boolean,
  visit: (code: number, at: number, length: number) => void = () => {},
): number {
  let comments = 0;
  let at = from;
  while (end - at >= 4) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    at += 4;
    if (code === OPTION_END || length > end - at) break;
    if (code === OPTION_COMMENT) comments++;
    visit(code, at, length);
    at += padded(length);
  }
  return comments;
}

/** A length filled up to a multiple of 4. */
export function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

/** Longest text taken from a file, in bytes. */
const LONGEST_TEXT = 255;
const QUESTION_MARK = 0x3f;
const shown = new Uint8Array(LONGEST_TEXT);

/** Text of a block, cut to 255 bytes; every byte that is not printable ASCII becomes a question mark. */
export function boundedText(view: DataView, at: number, length: number): string {
  const count = Math.min(length, LONGEST_TEXT);
  for (let index = 0; index < count; index++) {
    const byte = view.getUint8(at + index);
    shown[index] = byte >= 0x20 && byte < 0x7f ? byte : QUESTION_MARK;
  }
  // apply takes the bytes as they are: a block may have a name for every twelve of them.
  return String.fromCharCode.apply(null, shown.subarray(0, count) as unknown as number[]);
}
