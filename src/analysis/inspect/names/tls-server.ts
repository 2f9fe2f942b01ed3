import { sourceIndex } from '../../flows/name-sources.ts';
import { SIGNS } from '../../protocols/signs.ts';
import { certificateText, isFor, isLasting, isSelfSigned, readCertificate } from '../../protocols/certificate.ts';
import type { FlowFindings } from './findings.ts';
import { keepServerHello } from './hello-findings.ts';
import { joinRecords, messageEnd } from '../../protocols/tls.ts';

const TLS = sourceIndex('tls');
const RECORD_HEADER = 5;
const HANDSHAKE_HEADER = 4;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const RECORD_HANDSHAKE = 22;
const LIST_LENGTH = 3;

/**
 * Keeps what a server says in the clear in the messages whose records begin at `start` and are in `bytes[start, end)`:
 * its hello and, up to TLS 1.2 (RFC 5246, section 7.4.2), its certificate. Returns false while the records end before
 * that is decided.
 */
export function keepServerFlight(bytes: Uint8Array, start: number, end: number, findings: FlowFindings): boolean {
  // Most servers send their hello in a record of its own, and then nothing more in the clear: no bytes need be moved.
  const hello = start + RECORD_HEADER;
  if (
    hello + HANDSHAKE_HEADER <= end &&
    messageEnd(bytes, hello) === hello + bytes[start + 3] * 256 + bytes[start + 4]
  ) {
    const next = messageEnd(bytes, hello);
    if (next < end && bytes[next] !== RECORD_HANDSHAKE) {
      keepServerHello(bytes, hello, next, 't', findings);
      return true;
    }
  }
  const { joined, next } = joinRecords(bytes, start, end);
  let at = 0;
  while (at + HANDSHAKE_HEADER <= joined.length) {
    const contentEnd = messageEnd(joined, at);
    if (contentEnd > joined.length) break;
    if (joined[at] === CERTIFICATE) {
      keepCertificate(joined, at + HANDSHAKE_HEADER, contentEnd, findings);
      return true;
    }
    if (joined[at] !== SERVER_HELLO) return true;
    keepServerHello(joined, at, contentEnd, 't', findings);
    at = contentEnd;
  }
  // A record of another type (ChangeCipherSpec, application data) says that no certificate comes in the clear.
  return next < end && bytes[next] !== RECORD_HANDSHAKE;
}

/** The server's own comes first in the list. */
function keepCertificate(bytes: Uint8Array, start: number, end: number, findings: FlowFindings): void {
  const certificate = start + 2 * LIST_LENGTH;
  if (certificate > end) return;
  const certificateEnd = certificate + bytes[start + 3] * 65536 + bytes[start + 4] * 256 + bytes[start + 5];
  if (certificateEnd > end) return;
  const read = readCertificate(bytes, certificate, certificateEnd);
  if (read === null) return;
  findings.certificate ||= certificateText(bytes, read);
  if (isSelfSigned(bytes, read)) findings.addSigns(SIGNS.selfSigned);
  if (isLasting(bytes, read)) findings.addSigns(SIGNS.lasting);
  if (findings.nameSource === TLS && !isFor(bytes, read, findings.name)) findings.addSigns(SIGNS.otherName);
}
