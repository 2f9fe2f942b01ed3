import { SIGNS } from './signs.ts';
import { textOfBytes } from '../memory/words.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** First bytes of programs: Linux, macOS (either width and order), Android, Windows cabinets, and Java's classes. */
const MAGIC: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xfe, 0xed, 0xfa, 0xce],
  [0x64, 0x65, 0x78, 0x0a],
  [0x4d, 0x53, 0x43, 0x46],
  [0xca, 0xfe, 0xba, 0xbe],
];
/** Bytes that tell a program. */
const MAGIC_LENGTH = 4;
/** A chunk's size in front of the body: hexadecimal digits, an extension, and the line's end (RFC 9112, section 7.1). */
const LONGEST_CHUNK_LINE = 32;
/** Media types that no program has. */
const DISGUISE = /^(?:image|audio|video|font)\/|^text\/|^application\/(?:pdf|json|javascript|x-javascript|xml)/i;
/** Bodies that begin right behind the head are not there for these statuses (RFC 9110, sections 15.2, 15.3.5, 15.4.5). */
const BODYLESS = /^(?:1\d\d|204|304)$/;

/**
 * Whether what came back in the HTTP/1 response in `bytes[start, end)` is a program, as bits of `SIGNS`; null where the bytes
 * end before its body has begun.
 *
 * @param contentType its media type, '' for none
 */
export function programSigns(bytes: Uint8Array, start: number, end: number, contentType: string): number | null {
  const status = textOfBytes(bytes, start + 9, Math.min(end, start + 12));
  if (BODYLESS.test(status)) return 0;
  const body = bodyStart(bytes, start, end);
  if (body === end) return null;
  if (end - body < MAGIC_LENGTH) return null;
  if (isProgram(bytes, body)) return signsOf(contentType);
  const chunk = chunkStart(bytes, body, end);
  if (chunk === body) return 0;
  if (end - chunk < MAGIC_LENGTH) return null;
  return isProgram(bytes, chunk) ? signsOf(contentType) : 0;
}

/** Media types of programs by their first bytes, as Zeek calls them, and what `file` says of programs, as Suricata has it. */
const SNIFFED =
  /^application\/(?:x-dosexec|x-executable|x-sharedlib|x-mach-o-executable|x-java-applet|vnd\.ms-cab-compressed)$/;
const MAGIC_TEXT = /^(?:PE32|MS-DOS executable|ELF |Mach-O|Dalvik dex|Microsoft Cabinet|compiled Java class)/;

/**
 * The same by what a log says of the first bytes that came back.
 *
 * @param contentType the media type that its header has, '' where the log does not say it
 */
export function loggedProgramSigns(sniffed: string, contentType: string): number {
  return SNIFFED.test(sniffed) || MAGIC_TEXT.test(sniffed) ? signsOf(contentType) : 0;
}

function signsOf(contentType: string): number {
  return SIGNS.program | (DISGUISE.test(contentType) ? SIGNS.disguised : 0);
}

function isProgram(bytes: Uint8Array, start: number): boolean {
  // Of DOS and Windows, "MZ": behind it lie the bytes of the last page of 512, where a text would have a letter.
  if (bytes[start] === 0x4d && bytes[start + 1] === 0x5a) return bytes[start + 3] <= 1;
  return MAGIC.some((magic) => magic.every((byte, at) => bytes[start + at] === byte));
}

/** Where the head of the HTTP/1 message in `bytes[start, end)` ends, `end` where its empty line is not there. */
export function bodyStart(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== LINE_FEED) continue;
    const next = bytes[at + 1] === CARRIAGE_RETURN ? at + 2 : at + 1;
    if (next < end && bytes[next] === LINE_FEED) return next + 1;
  }
  return end;
}

/** Where the first chunk begins, `body` where there is no chunk's size in front. */
function chunkStart(bytes: Uint8Array, body: number, end: number): number {
  const stop = Math.min(end, body + LONGEST_CHUNK_LINE);
  let at = body;
  while (at < stop && isHexDigit(bytes[at])) at++;
  if (at === body) return body;
  while (at < stop && bytes[at] !== LINE_FEED) at++;
  return at < stop ? at + 1 : body;
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
