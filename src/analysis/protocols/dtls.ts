import { u24 } from '../memory/numbers.ts';

const RECORD_HANDSHAKE = 22;
const RECORD_HEADER = 13;
const HANDSHAKE_HEADER = 12;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;

/** Whether a datagram begins with a DTLS record: a type that exists, and version 1.0 or 1.2 (RFC 6347, section 4.1). */
export function isDtlsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= RECORD_HEADER &&
    bytes[start] >= 20 &&
    bytes[start] <= 25 &&
    bytes[start + 1] === 0xfe &&
    (bytes[start + 2] === 0xff || bytes[start + 2] === 0xfd) &&
    RECORD_HEADER + bytes[start + 11] * 256 + bytes[start + 12] <= end - start
  );
}

/**
 * Where the body of the ClientHello or ServerHello that a datagram begins with lies: `start === end` when it begins
 * with neither, or with a fragment (section 4.2.2). What is returned is overwritten by the next call.
 */
export function dtlsHelloBody(bytes: Uint8Array, start: number, end: number): DtlsHelloBody {
  reused.start = reused.end = start;
  const message = start + RECORD_HEADER;
  if (!isDtlsRecord(bytes, start, end) || bytes[start] !== RECORD_HANDSHAKE || message + HANDSHAKE_HEADER > end)
    return reused;
  const type = bytes[message];
  const length = u24(bytes, message + 1);
  const body = message + HANDSHAKE_HEADER;
  const whole = u24(bytes, message + 6) === 0 && u24(bytes, message + 9) === length && body + length <= end;
  if (!whole || (type !== CLIENT_HELLO && type !== SERVER_HELLO)) return reused;
  reused.fromClient = type === CLIENT_HELLO;
  reused.start = body;
  reused.end = body + length;
  return reused;
}

export interface DtlsHelloBody {
  fromClient: boolean;
  start: number;
  end: number;
}

const reused: DtlsHelloBody = { fromClient: false, start: 0, end: 0 };
