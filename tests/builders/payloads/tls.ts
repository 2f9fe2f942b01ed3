import { concat, filler, latin1, u16 } from './bytes.ts';

const ALERT = 21;
const HANDSHAKE = 22;
const CHANGE_CIPHER_SPEC = 20;
const APPLICATION_DATA = 23;
const CIPHER_SUITES = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030];

function record(type: number, content: ArrayLike<number>, version = 0x0303): Uint8Array {
  return concat([type, ...u16(version), ...u16(content.length)], content);
}

function handshake(type: number, body: ArrayLike<number>): Uint8Array {
  return concat([type, (body.length >> 16) & 0xff, ...u16(body.length)], body);
}

function extension(type: number, content: ArrayLike<number>): Uint8Array {
  return concat(u16(type), u16(content.length), content);
}

function serverNameExtension(name: string): Uint8Array {
  const host = latin1(name);
  return extension(0, concat(u16(host.length + 3), [0], u16(host.length), host));
}

/** A ClientHello of this body (RFC 8446, section 4.1.2) in a record of its own. */
export function clientHelloRecord(body: ArrayLike<number>): Uint8Array {
  return record(HANDSHAKE, handshake(1, body), 0x0301);
}

export interface ClientHelloOptions {
  /** Bytes of padding (RFC 7685) put before the server name, to push it into a later segment. */
  paddingBefore?: number;
  /** Bytes of padding after it. */
  paddingAfter?: number;
  /** Bytes of session id, 32 in what browsers send. */
  sessionIdLength?: number;
  /** Largest handshake fragment in one record: the hello is spread over several records when it is longer. */
  recordLimit?: number;
}

/**
 * The records of a ClientHello (RFC 8446, section 4.1.2) with a server name (RFC 6066, section 3), or without for null.
 */
export function tlsClientHello(serverName: string | null, options: ClientHelloOptions = {}): Uint8Array {
  const { paddingBefore = 0, paddingAfter = 0, sessionIdLength = 32, recordLimit = 0x4000 } = options;
  const extensions = concat(
    paddingBefore > 0 ? extension(21, new Uint8Array(paddingBefore)) : [],
    serverName === null ? [] : serverNameExtension(serverName),
    extension(10, [0, 4, 0x00, 0x1d, 0x00, 0x17]),
    extension(13, [0, 4, 0x04, 0x03, 0x08, 0x04]),
    extension(43, [4, 0x03, 0x04, 0x03, 0x03]),
    paddingAfter > 0 ? extension(21, new Uint8Array(paddingAfter)) : [],
  );
  const hello = handshake(
    1,
    concat(
      [0x03, 0x03],
      filler(32),
      [sessionIdLength],
      filler(sessionIdLength),
      u16(CIPHER_SUITES.length * 2),
      ...CIPHER_SUITES.map(u16),
      [1, 0],
      u16(extensions.length),
      extensions,
    ),
  );
  const records: Uint8Array[] = [];
  for (let at = 0; at < hello.length; at += recordLimit) {
    records.push(record(HANDSHAKE, hello.subarray(at, at + recordLimit), 0x0301));
  }
  return concat(...records);
}

/** The server's first flight: ServerHello, then the dummy ChangeCipherSpec and an encrypted handshake record. */
export function tlsServerHello(): Uint8Array {
  const extensions = extension(43, [0x03, 0x04]);
  const hello = handshake(
    2,
    concat([0x03, 0x03], filler(32), [32], filler(32), [0x13, 0x01, 0], u16(extensions.length), extensions),
  );
  return concat(record(HANDSHAKE, hello), record(CHANGE_CIPHER_SPEC, [1]), tlsApplicationData(900));
}

/**
 * The first flight of a TLS 1.2 server (RFC 5246, section 7.4): hello, certificates and "done" in records of their own.
 */
export function tls12ServerFlight(...certificates: readonly Uint8Array[]): Uint8Array {
  const hello = handshake(2, concat([0x03, 0x03], filler(32), [0], [0xc0, 0x2f, 0]));
  const list = concat(...certificates.map((one) => concat([0], u16(one.length), one)));
  const message = handshake(11, concat([0], u16(list.length), list));
  return concat(record(HANDSHAKE, hello), record(HANDSHAKE, message), record(HANDSHAKE, handshake(14, [])));
}

/** An alert (RFC 8446, section 6) in the clear: its level, 1 for a warning and 2 for an end, and what it says. */
export function tlsAlert(level: number, description: number): Uint8Array {
  return record(ALERT, [level, description]);
}

/** One record of application data with `length` bytes of filler, at most 16,384. */
export function tlsApplicationData(length: number): Uint8Array {
  return record(APPLICATION_DATA, filler(length));
}
