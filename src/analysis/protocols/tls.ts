import { u16, u24 } from '../memory/numbers.ts';
import { type Finding, nameText } from './text.ts';
import { findHelloParts, helloParts, SERVER_NAME_EXTENSION } from './tls-hello.ts';

export const RECORD_ALERT = 21;
const RECORD_HANDSHAKE = 22;
const RECORD_HEADER = 5;
/** Bytes of a record with one alert in the clear: its header, a level and a description (RFC 8446, section 6). */
export const ALERT_RECORD = RECORD_HEADER + 2;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const HANDSHAKE_HEADER = 4;
const NAME_TYPE_HOST = 0;
/** Where a hello in the format of SSL 2.0 says how many bytes of suites it has. */
const OLD_SUITES = 5;

/** Handshake messages without their records, as far as they are there. */
export interface HandshakeBytes {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Whether the bytes begin like a record that holds a ClientHello; what is not there yet may still come. */
export function isTlsClientHello(bytes: Uint8Array, start: number, end: number): boolean {
  return isHandshake(bytes, start, end, CLIENT_HELLO);
}

/**
 * Whether the bytes begin like a hello in the format of SSL 2.0 that some old clients offer SSL 3.0 or TLS with (RFC 5246,
 * appendix E.2): its length, its type, the version, and suites of three bytes each.
 */
export function isOldClientHello(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < OLD_SUITES + 2) return false;
  const suites = u16(bytes, start + OLD_SUITES);
  const isOffer = bytes[start] === 0x80 && bytes[start + 2] === CLIENT_HELLO;
  const isVersion = bytes[start + 3] === 3 && bytes[start + 4] <= 3;
  return isOffer && isVersion && suites > 0 && suites % 3 === 0 && suites < bytes[start + 1];
}

/** Whether they begin like a record that holds a ServerHello, of which at least its type must be there. */
export function isTlsServerHello(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > RECORD_HEADER && isHandshake(bytes, start, end, SERVER_HELLO);
}

/**
 * Where what comes behind an alert (section 6) begins, with which the bytes begin: a server may warn, as of a name that it does
 * not know, before it greets. `start` without one.
 */
export function behindAlert(bytes: Uint8Array, start: number, end: number): number {
  const isAlert = end - start >= ALERT_RECORD && bytes[start] === RECORD_ALERT && bytes[start + 1] === 3;
  return isAlert && u16(bytes, start + 3) === ALERT_RECORD - RECORD_HEADER ? start + ALERT_RECORD : start;
}

function isHandshake(bytes: Uint8Array, start: number, end: number, type: number): boolean {
  return (
    bytes[start] === RECORD_HANDSHAKE &&
    (end - start < 2 || bytes[start + 1] === 3) &&
    (end - start < 3 || bytes[start + 2] <= 4) &&
    (end - start <= RECORD_HEADER || bytes[start + RECORD_HEADER] === type)
  );
}

/**
 * The server name (RFC 6066, section 3) of the ClientHello (RFC 8446, section 4.1.2) that begins at `start`, without
 * its records, as far as it is in `bytes[start, end)`. It is known as soon as its own bytes are there, the whole hello
 * need not be.
 */
export function clientHelloServerName(bytes: Uint8Array, start: number, end: number): Finding {
  if (end - start < HANDSHAKE_HEADER) return null;
  return bytes[start] === CLIENT_HELLO ? serverNameOfHello(bytes, start, end, messageEnd(bytes, start)) : '';
}

/** Where the handshake message at `start`, of which four bytes must be there, says that it ends. */
export function messageEnd(bytes: Uint8Array, start: number): number {
  return start + HANDSHAKE_HEADER + u24(bytes, start + 1);
}

/** The message that records begin with, joined only where it spans several; null while its header is not there. */
export function firstHandshake(bytes: Uint8Array, start: number, end: number): HandshakeBytes | null {
  if (end - start < RECORD_HEADER + HANDSHAKE_HEADER) return null;
  const message = start + RECORD_HEADER;
  if (messageEnd(bytes, message) <= message + u16(bytes, start + 3)) return { bytes, start: message, end };
  const { joined } = joinRecords(bytes, start, end);
  return joined.length < HANDSHAKE_HEADER ? null : { bytes: joined, start: 0, end: joined.length };
}

/**
 * The fragments of consecutive handshake records, as far as they are there: a message may span records (section 5.1).
 * `next` is where the first record of another kind begins, or the first one that has not come.
 */
export function joinRecords(bytes: Uint8Array, start: number, end: number): { joined: Uint8Array; next: number } {
  const joined = new Uint8Array(end - start);
  let length = 0;
  let at = start;
  while (at + RECORD_HEADER <= end && bytes[at] === RECORD_HANDSHAKE) {
    const fragment = at + RECORD_HEADER;
    at = fragment + u16(bytes, at + 3);
    const available = bytes.subarray(fragment, Math.min(at, end));
    joined.set(available, length);
    length += available.length;
  }
  return { joined: joined.subarray(0, length), next: at };
}

/** `end` is where the bytes end, `helloEnd` where the hello says it ends. */
function serverNameOfHello(bytes: Uint8Array, hello: number, end: number, helloEnd: number): Finding {
  const stop = Math.min(end, helloEnd);
  const ranOut = end < helloEnd ? null : '';

  if (!findHelloParts(bytes, hello + HANDSHAKE_HEADER, stop, true)) return ranOut;
  const { extensions } = helloParts;
  if (extensions + 2 > stop) return ranOut;
  const extensionsEnd = Math.min(helloEnd, extensions + 2 + u16(bytes, extensions));
  let at = extensions + 2;
  while (at < extensionsEnd) {
    if (at + 4 > stop) return ranOut;
    const type = u16(bytes, at);
    const content = at + 4;
    at = content + u16(bytes, at + 2);
    if (type === SERVER_NAME_EXTENSION) {
      if (at > helloEnd) return '';
      return at > stop ? ranOut : hostOf(bytes, content, at);
    }
  }
  return '';
}

/** The first entry of a server name list in `bytes[start, end)`, '' when it is no host name. */
export function hostOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start < 5 || bytes[start + 2] !== NAME_TYPE_HOST) return '';
  const host = start + 5;
  const hostEnd = host + u16(bytes, start + 3);
  return hostEnd > end ? '' : nameText(bytes, host, hostEnd);
}
