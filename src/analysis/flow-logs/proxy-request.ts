import { SIGNS } from '../protocols/signs.ts';

/** Whom a request through a proxy is for. */
export interface AskedHost {
  host: string;
  port: number;
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
  if (method === 'CONNECT') return authority(uri === '' || uri === '/' ? host : uri, HTTPS_PORT);
  const absolute = ABSOLUTE.exec(uri);
  if (absolute !== null) return authority(absolute[2], absolute[1].toLowerCase() === 'https' ? HTTPS_PORT : HTTP_PORT);
  return headers.includes('PROXY-CONNECTION') && host !== '' ? authority(host, HTTP_PORT) : null;
}

function authority(text: string, standard: number): AskedHost | null {
  const match = AUTHORITY.exec(text);
  if (match === null) return null;
  const port = match[2] === undefined ? standard : Number(match[2]);
  return port > 0xffff ? null : { host: match[1].replaceAll(/[[\]]/g, '').toLowerCase(), port };
}

/** "GET /news.php 200": a request and what it was answered with; '' without a method. */
export function requestText(method = '', uri = '', status = ''): string {
  return method === '' ? '' : [method, uri, status].filter((part) => part !== '').join(' ');
}

/** What a request that a log has shows, as bits of `SIGNS`: what it takes more of its head to tell is not among them. */
export function requestSigns(request: {
  method: string | undefined;
  version: string | undefined;
  host: string | undefined;
  agent: string | undefined;
}): number {
  const { method, version, host, agent } = request;
  if (method === undefined) return 0;
  let signs: number = SIGNS.request;
  if (version === '1.0') signs |= SIGNS.oldHttp;
  if (version === '1.1' && host === undefined) signs |= SIGNS.noHost;
  if (agent === undefined) signs |= SIGNS.noAgent;
  return signs;
}
