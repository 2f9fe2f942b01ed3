import { ByteMemo } from '../memory/byte-memo.ts';
import { textOfBytes } from '../memory/words.ts';

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

/** What a name shows for each byte: lower case, and a question mark for all that cannot be printed. */
const SHOWN = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x41 && byte <= 0x5a) return byte + 0x20;
  return isPrintable(byte) ? byte : QUESTION_MARK;
});

/** Names made of their bytes; those of what is made already are the same. */
const names = new ByteMemo((bytes, start, end) => {
  for (let at = start; at < end; at++) shownBytes[at - start] = SHOWN[bytes[at]];
  return textOfBytes(shownBytes, 0, end - start);
});
const shownBytes = new Uint8Array(NAME_LIMIT);

/** The bytes of a name that is text already. */
const nameBytes = new Uint8Array(NAME_LIMIT);

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
  return names.get(bytes, Math.max(first, last - NAME_LIMIT), last);
}

/** The text of the first bytes of `shown`, at most 255, which are as a name shows them. */
export function rememberedText(shown: Uint8Array, length: number): string {
  return names.get(shown, 0, length);
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** The same of a name that is text already: of characters beyond Latin-1 only that they are there is kept. */
export function nameOfText(text: string): string {
  let first = 0;
  let last = text.length;
  while (first < last && isBlank(text.charCodeAt(first))) first++;
  while (first < last && isBlank(text.charCodeAt(last - 1))) last--;
  first = Math.max(first, last - NAME_LIMIT);
  for (let at = first; at < last; at++) nameBytes[at - first] = Math.min(text.charCodeAt(at), 0xff);
  return names.get(nameBytes, 0, last - first);
}

/** The first 255 characters of a text as packets' headers are kept: what is not printable ASCII becomes `?`. */
export function shownText(text: string): string {
  return text.slice(0, NAME_LIMIT).replaceAll(/[^\x20-\x7e]/g, '?');
}
