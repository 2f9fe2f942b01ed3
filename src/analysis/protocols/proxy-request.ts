import { nameOfText } from './text.ts';

/** Whom a request through a proxy is for. */
export interface AskedHost {
  host: string;
  port: number;
  /** Whether all that follows is for it (CONNECT); else the next request may be for another. */
  isTunnel: boolean;
}

/** A request of HTTP as a log has it. */
export interface LoggedRequest {
  method: string | undefined;
  uri: string | undefined;
  host: string | undefined;
  /** Headers that proxies set or are asked by, as Zeek's `proxied` lists them. */
  headers?: string | undefined;
}

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
/** A host with its port, the host in brackets where it is an address of IPv6 (RFC 3986, section 3.2). */
const AUTHORITY = /^(?:[^@/]*@)?(\[[\da-f:.]+\]|[^:/?#[\]]+)(?::(\d{1,5}))?/i;
const ABSOLUTE = /^(https?):\/\/([^/?#]+)/i;

/**
 * Whom a request asks a proxy for: the target of CONNECT, the host of an absolute URI, or the Host of a request that is
 * made to a proxy by its own header (RFC 9112, section 3.2). Null for a request to the server itself.
 */
export function askedThrough({ method, uri = '', host = '', headers = '' }: LoggedRequest): AskedHost | null {
  if (method === 'CONNECT') return authority(uri === '' || uri === '/' ? host : uri, HTTPS_PORT, true);
  const absolute = ABSOLUTE.exec(uri);
  if (absolute !== null) return authority(absolute[2], absolute[1].toLowerCase() === 'https' ? HTTPS_PORT : HTTP_PORT);
  return headers.includes('PROXY-CONNECTION') && host !== '' ? authority(host, HTTP_PORT) : null;
}

function authority(text: string, standard: number, isTunnel = false): AskedHost | null {
  const match = AUTHORITY.exec(text);
  if (match === null) return null;
  const port = match[2] === undefined ? standard : Number(match[2]);
  const host = nameOfText(match[1].replaceAll(/[[\]]/g, ''));
  return port > 0xffff || host === '' ? null : { host, port, isTunnel };
}

const SPACE = 0x20;
const LINE_FEED = 0x0a;
const LETTER_C = 0x43;
const LETTER_H = 0x68;
const LONGEST_LINE = 2048;
const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.\d\r?$/;

/** Whom the HTTP/1 request that begins at `start` asks a proxy for; null for one that asks none, or has not come whole. */
export function askedInRequest(bytes: Uint8Array, start: number, end: number): AskedHost | null {
  let target = start;
  while (target < end && bytes[target] !== SPACE) target++;
  // Only a target that is a URI, or that of CONNECT, asks for another: most requests end here.
  if (bytes[start] !== LETTER_C && (bytes[target + 1] | SPACE) !== LETTER_H) return null;
  let lineEnd = target;
  const last = Math.min(end, start + LONGEST_LINE);
  while (lineEnd < last && bytes[lineEnd] !== LINE_FEED) lineEnd++;
  if (lineEnd === last) return null;
  const match = REQUEST_LINE.exec(String.fromCharCode(...bytes.subarray(start, lineEnd)));
  return match === null ? null : askedThrough({ method: match[1], uri: match[2], host: undefined });
}
