import { u24 } from '../memory/numbers.ts';
import { authorityField } from './hpack.ts';
import { upToColon } from './http.ts';
import type { Finding } from './text.ts';

/** What a client sends first: a request line that no HTTP/1 server takes for one (RFC 9113, section 3.4). */
const PREFACE = Array.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', (letter) => letter.charCodeAt(0));
const FRAME_HEADER = 9;
const HEADERS = 1;
const PADDED = 0x08;
const PRIORITY = 0x20;
const PRIORITY_LENGTH = 5;

/** Whether the bytes begin like HTTP/2 with prior knowledge; what is not there yet may still come. */
export function isHttp2Preface(bytes: Uint8Array, start: number, end: number): boolean {
  const length = Math.min(end - start, PREFACE.length);
  for (let index = 0; index < length; index++) {
    if (bytes[start + index] !== PREFACE[index]) return false;
  }
  return length >= 3;
}

/** The host of the first request (`:authority`, RFC 9113, section 8.3.1) behind the preface in `bytes[start, end)`. */
export function http2Authority(bytes: Uint8Array, start: number, end: number): Finding {
  let at = start + PREFACE.length;
  while (at + FRAME_HEADER <= end) {
    const length = u24(bytes, at);
    const type = bytes[at + 3];
    const flags = bytes[at + 4];
    const content = at + FRAME_HEADER;
    at = content + length;
    if (type !== HEADERS) continue;
    if (at > end) return null;
    return authorityOf(bytes, content, at, flags);
  }
  return null;
}

function authorityOf(bytes: Uint8Array, start: number, end: number, flags: number): string {
  const padded = (flags & PADDED) !== 0 && start < end;
  const block = start + (padded ? 1 : 0) + ((flags & PRIORITY) === 0 ? 0 : PRIORITY_LENGTH);
  const value = authorityField(bytes, block, end - (padded ? bytes[start] : 0));
  return value === null ? '' : upToColon(value, 0, value.length);
}
