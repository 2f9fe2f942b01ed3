import { type Finding, nameText } from './text.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const HYPHEN = 0x2d;
/** A method is shorter than this; the longest registered one has 17 letters. */
const LONGEST_METHOD = 20;
/** Bytes of empty lines before a request that are passed over. */
const MOST_EMPTY = 8;

const HOST = [0x68, 0x6f, 0x73, 0x74, COLON];
const VERSION = [0x48, 0x54, 0x54, 0x50, 0x2f];
const CONNECT = [0x43, 0x4f, 0x4e, 0x4e, 0x45, 0x43, 0x54, SPACE];

/** Where a request begins behind the empty lines that some send first, and servers ignore (RFC 9112, section 2.2). */
export function behindEmptyLines(bytes: Uint8Array, start: number, end: number): number {
  const last = Math.min(end, start + MOST_EMPTY);
  let at = start;
  while (at < last && (bytes[at] === CARRIAGE_RETURN || bytes[at] === LINE_FEED)) at++;
  return at;
}

/** Whether the bytes begin like a request line: a method in capitals and a space (RFC 9112, section 3). */
export function isHttpRequest(bytes: Uint8Array, start: number, end: number): boolean {
  const stop = Math.min(end, start + LONGEST_METHOD);
  let at = start;
  while (at < stop && isMethodByte(bytes[at])) at++;
  return (
    at > start + 2 && bytes[start] !== HYPHEN && at < start + LONGEST_METHOD && (at === end || bytes[at] === SPACE)
  );
}

/**
 * The host of the HTTP request in `bytes[start, end)`: the Host header up to its first colon (RFC 9110, section 7.2;
 * an IPv6 literal is cut there too, as NFStream does), or for CONNECT without that header the target's host.
 * Undecided (null) until the Host line or the end of the header has been seen.
 */
export function httpHost(bytes: Uint8Array, start: number, end: number): Finding {
  const requestEnd = lineFeed(bytes, start, end);
  if (requestEnd === end) return null;
  if (!endsInVersion(bytes, start, requestEnd)) return '';
  let line = requestEnd + 1;
  while (line < end) {
    const lineEnd = lineFeed(bytes, line, end);
    if (lineEnd === end) return null;
    const contentEnd = withoutReturn(bytes, line, lineEnd);
    if (contentEnd === line) return connectTarget(bytes, start, requestEnd);
    if (startsWith(bytes, line, contentEnd, HOST, 0x20)) return upToColon(bytes, line + HOST.length, contentEnd);
    line = lineEnd + 1;
  }
  return null;
}

/**
 * The value of a header field of the message in `bytes[start, end)`, after its first line; null without one.
 *
 * @param name in lower case
 */
export function headerValue(bytes: Uint8Array, start: number, end: number, name: string): string | null {
  const field = Array.from(`${name}:`, (letter) => letter.charCodeAt(0));
  let line = lineFeed(bytes, start, end) + 1;
  while (line < end) {
    const lineEnd = lineFeed(bytes, line, end);
    const contentEnd = withoutReturn(bytes, line, lineEnd);
    if (contentEnd === line) return null;
    if (startsWith(bytes, line, contentEnd, field, 0x20)) return nameText(bytes, line + field.length, contentEnd);
    line = lineEnd + 1;
  }
  return null;
}

/** Position of the next line feed, `end` without one; `indexOf` would search the rest of the chunk. */
function lineFeed(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== LINE_FEED) at++;
  return at;
}

function connectTarget(bytes: Uint8Array, start: number, end: number): string {
  if (!startsWith(bytes, start, end, CONNECT, 0)) return '';
  const target = start + CONNECT.length;
  let targetEnd = target;
  while (targetEnd < end && bytes[targetEnd] > SPACE) targetEnd++;
  return upToColon(bytes, target, targetEnd);
}

/** The host of "host:port", as `nameText` has it; an IPv6 literal is cut at its first colon too. */
export function upToColon(bytes: Uint8Array, start: number, end: number): string {
  let at = start;
  while (at < end && bytes[at] !== COLON) at++;
  return nameText(bytes, start, at);
}

/** A request line ends in "HTTP/" and a version of three characters; what RTSP or SIP send does not. */
function endsInVersion(bytes: Uint8Array, start: number, lineEnd: number): boolean {
  const version = withoutReturn(bytes, start, lineEnd) - VERSION.length - 3;
  return version > start && startsWith(bytes, version, lineEnd, VERSION, 0);
}

function withoutReturn(bytes: Uint8Array, start: number, lineEnd: number): number {
  return lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
}

/** `fold` is OR-ed into each byte before it is compared: 0x20 makes letters lower case and leaves a colon alone. */
function startsWith(bytes: Uint8Array, at: number, end: number, text: readonly number[], fold: number): boolean {
  if (end - at < text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if ((bytes[at + i] | fold) !== text[i]) return false;
  }
  return true;
}

/** Letters in capitals and, but for the first, the signs that occur in methods (M-SEARCH, RPC_IN_DATA). */
function isMethodByte(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || byte === HYPHEN || byte === 0x5f;
}
