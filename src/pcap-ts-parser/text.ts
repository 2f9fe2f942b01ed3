/** Longest text taken from a file, in bytes. */
const LONGEST_TEXT = 255;
const QUESTION_MARK = 0x3f;

/** Text of a block, cut to 255 bytes; every byte that is not printable ASCII becomes a question mark. */
export function boundedText(view: DataView, at: number, length: number): string {
  const codes = Array.from({ length: Math.min(length, LONGEST_TEXT) }, (_, index) => {
    const byte = view.getUint8(at + index);
    return byte >= 0x20 && byte < 0x7f ? byte : QUESTION_MARK;
  });
  return String.fromCharCode(...codes);
}
