import { textOfBytes } from '../memory/words.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const QUESTION_MARK = 0x3f;

/** Characters of a header's value that are kept. */
export const HEADER_LIMIT = 255;

const USER_AGENT = lowerCaseBytes('user-agent:');
const CONTENT_TYPE = lowerCaseBytes('content-type:');

const kept = new Uint8Array(HEADER_LIMIT);

/**
 * The User-Agent (RFC 9110, section 10.1.5) of the HTTP/1 request in `bytes[start, end)`: its first 255 characters,
 * everything that is not printable ASCII as `?`. '' when the header ends without one, null when the bytes end before
 * that is known.
 */
export function httpUserAgent(bytes: Uint8Array, start: number, end: number): string | null {
  return header(bytes, start, end, USER_AGENT);
}

/** The same for the media type in Content-Type (section 8.3), without parameters, of a request or a response. */
export function httpContentType(bytes: Uint8Array, start: number, end: number): string | null {
  const value = header(bytes, start, end, CONTENT_TYPE);
  return value === null ? null : value.split(';', 1)[0].trimEnd();
}

/** Whether the bytes begin like a response (RFC 9112, section 4). */
export function isHttpResponse(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 5 &&
    bytes[start] === 0x48 &&
    bytes[start + 1] === 0x54 &&
    bytes[start + 2] === 0x54 &&
    bytes[start + 3] === 0x50 &&
    bytes[start + 4] === 0x2f
  );
}

function header(bytes: Uint8Array, start: number, end: number, name: Uint8Array): string | null {
  let line = start;
  while (line < end) {
    let lineEnd = line;
    while (lineEnd < end && bytes[lineEnd] !== LINE_FEED) lineEnd++;
    if (lineEnd === end) return null;
    const contentEnd = lineEnd > line && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    if (contentEnd === line) return '';
    if (isNamed(bytes, line, contentEnd, name)) return headerText(bytes, line + name.length, contentEnd);
    line = lineEnd + 1;
  }
  return null;
}

function isNamed(bytes: Uint8Array, at: number, end: number, name: Uint8Array): boolean {
  if (end - at < name.length) return false;
  for (let i = 0; i < name.length; i++) {
    if ((bytes[at + i] | 0x20) !== name[i]) return false;
  }
  return true;
}

/** The text in `bytes[start, end)` without blanks around it: its first 255 characters, what is not printable as `?`. */
export function headerText(bytes: Uint8Array, start: number, end: number): string {
  let first = start;
  let last = end;
  while (first < last && isBlank(bytes[first])) first++;
  while (first < last && isBlank(bytes[last - 1])) last--;
  const length = Math.min(last - first, HEADER_LIMIT);
  for (let i = 0; i < length; i++) {
    const byte = bytes[first + i];
    kept[i] = byte >= SPACE && byte < 0x7f ? byte : QUESTION_MARK;
  }
  return textOfBytes(kept, 0, length);
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** Hyphen and colon have the bit that makes letters lower case. */
function lowerCaseBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
