import { certificateText } from './certificate.ts';
import { joinRecords } from './tls.ts';

const HANDSHAKE_HEADER = 4;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const RECORD_HANDSHAKE = 22;
const LIST_LENGTH = 3;

/** What a server sends in the clear before its keys count. */
export interface ServerFlight {
  /** See `certificateText`; '' without one. */
  certificate: string;
}

/**
 * The server's messages whose records begin at `start` and are in `bytes[start, end)`: ServerHello and, up to TLS 1.2
 * (RFC 5246, section 7.4.2), its certificate. Null while the records end before that is decided.
 */
export function readServerFlight(bytes: Uint8Array, start: number, end: number): ServerFlight | null {
  const { joined, next } = joinRecords(bytes, start, end);
  let at = 0;
  while (at + HANDSHAKE_HEADER <= joined.length) {
    const content = at + HANDSHAKE_HEADER;
    const contentEnd = content + u24(joined, at + 1);
    if (contentEnd > joined.length) break;
    if (joined[at] === CERTIFICATE) return { certificate: firstCertificate(joined, content, contentEnd) };
    if (joined[at] !== SERVER_HELLO) return { certificate: '' };
    at = contentEnd;
  }
  // A record of another type (ChangeCipherSpec, application data) says that no certificate comes in the clear.
  return next < end && bytes[next] !== RECORD_HANDSHAKE ? { certificate: '' } : null;
}

/** The server's own comes first in the list. */
function firstCertificate(bytes: Uint8Array, start: number, end: number): string {
  const certificate = start + 2 * LIST_LENGTH;
  if (certificate > end) return '';
  const certificateEnd = certificate + u24(bytes, start + LIST_LENGTH);
  return certificateEnd > end ? '' : certificateText(bytes, certificate, certificateEnd);
}

function u24(bytes: Uint8Array, at: number): number {
  return bytes[at] * 65536 + bytes[at + 1] * 256 + bytes[at + 2];
}
