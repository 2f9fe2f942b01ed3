import { concat, filler, latin1 } from './bytes.ts';

export interface HttpRequest {
  method: string;
  path: string;
  /** The Host header, left out for null. */
  host: string | null;
  userAgent: string;
  bodyLength?: number;
}

/** An HTTP/1.1 request (RFC 9112) with a body of filler where a length is given. */
export function httpRequest({ method, path, host, userAgent, bodyLength = 0 }: HttpRequest): Uint8Array {
  const lines = [`${method} ${path} HTTP/1.1`];
  if (host !== null) lines.push(`Host: ${host}`);
  lines.push(`User-Agent: ${userAgent}`, 'Accept: */*');
  if (bodyLength > 0) lines.push('Content-Type: application/octet-stream', `Content-Length: ${bodyLength}`);
  return concat(latin1(`${lines.join('\r\n')}\r\n\r\n`), filler(bodyLength));
}

export interface HttpResponse {
  status: number;
  bodyLength: number;
}

/** An HTTP/1.1 response with a body of filler. */
export function httpResponse({ status, bodyLength }: HttpResponse): Uint8Array {
  const reason = status < 300 ? 'OK' : status < 400 ? 'Moved' : 'Error';
  const head = `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/html\r\nContent-Length: ${bodyLength}\r\n\r\n`;
  return concat(latin1(head), filler(bodyLength));
}
