import { ja3, ja3s } from '../analysis/inspect/fingerprints/ja3.ts';
import { ja4 } from '../analysis/inspect/fingerprints/ja4.ts';
import { ALERT_RECORD, behindAlert, isOldClientHello, joinRecords, RECORD_ALERT } from '../analysis/protocols/tls.ts';
import { readClientHello, readServerHello } from '../analysis/protocols/tls-hello.ts';
import { certificateInFull } from './certificate.ts';
import type { CertificateInFull, TlsHandshake } from './evidence.ts';
import { latin1Text } from './shown.ts';
import type { StreamSink } from './stream-side.ts';
import { alertName, cipherName, versionName } from './tls-names.ts';

/** Bytes of a handshake that are read of each side: chains of certificates are shorter. */
const MOST_BYTES = 1 << 16;
const MOST_CERTIFICATES = 10;
const RECORD_HEADER = 5;
const HANDSHAKE = 22;
const MESSAGE_HEADER = 4;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
/** Stands for a hello in the format of SSL 2.0, which is in no record. */
const OLD_CLIENT_HELLO = 0x100;

/** A handshake of TLS by its messages, whatever carries them. */
export class Handshake {
  /** Null until the client's hello has come. */
  exchange: TlsHandshake | null = null;
  private readonly clientPort: number;
  private readonly transport: TlsHandshake['transport'];
  private readonly begin: (exchange: TlsHandshake) => boolean;

  constructor(clientPort: number, transport: TlsHandshake['transport'], begin: (exchange: TlsHandshake) => boolean) {
    this.clientPort = clientPort;
    this.transport = transport;
    this.begin = begin;
  }

  /** Takes a message of the client: its type and body. */
  sent(type: number, bytes: Uint8Array, atMs: number): void {
    if (this.exchange !== null) return;
    const { clientPort, transport } = this;
    const asked = type === CLIENT_HELLO ? askedIn(bytes, transport) : type === OLD_CLIENT_HELLO ? NOTHING_ASKED : null;
    if (asked === null) return;
    const exchange = { ...begun(atMs, clientPort, transport), ...asked };
    if (this.begin(exchange)) this.exchange = exchange;
  }

  /** Takes a message of the server, which answers a client: what comes before the client's hello belongs to none. */
  received(type: number, bytes: Uint8Array): void {
    if (this.exchange === null) return;
    if (type === SERVER_HELLO) readAnswer(this.exchange, bytes);
    else if (type === CERTIFICATE) this.exchange.certificates = certificatesOf(bytes);
  }
}

/** The handshake of one TCP connection that speaks TLS. */
export class TlsExchange {
  readonly client: HandshakeSide;
  readonly server: HandshakeSide;
  private readonly handshake: Handshake;

  constructor(clientPort: number, begin: (exchange: TlsHandshake) => boolean) {
    this.handshake = new Handshake(clientPort, 'tcp', begin);
    this.client = new HandshakeSide((type, bytes, atMs) => this.handshake.sent(type, bytes, atMs));
    this.server = new HandshakeSide((type, bytes) => {
      this.client.finish();
      this.handshake.received(type, bytes);
    });
  }

  /** Reads what there is of handshakes that were cut. */
  finish(): void {
    this.client.finish();
    this.server.finish();
    const { alert } = this.server;
    const { exchange } = this.handshake;
    if (exchange?.version === '' && alert !== null) exchange.alert = alertName(alert);
  }
}

/** Takes a handshake message's type and body. */
type MessageTaker = (type: number, bytes: Uint8Array, atMs: number) => void;

/**
 * One direction: what comes before the first record of another kind is read once, as a whole. An alert may come first: a
 * warning, or the whole answer.
 */
class HandshakeSide implements StreamSink {
  /** Description of the last alert that came first. */
  alert: number | null = null;
  private readonly take: MessageTaker;
  private bytes = new Uint8Array(1 << 11);
  private length = 0;
  /** Where the next record begins. */
  private record = 0;
  private firstMs = 0;
  private isDone = false;

  constructor(take: MessageTaker) {
    this.take = take;
  }

  data(source: Uint8Array, start: number, end: number, atMs: number): void {
    if (this.isDone) return;
    if (this.length === 0) this.firstMs = atMs;
    const count = Math.min(end - start, MOST_BYTES - this.length);
    if (this.length + count > this.bytes.length) {
      const larger = new Uint8Array(Math.min(MOST_BYTES, Math.max(this.length + count, 2 * this.bytes.length)));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(source.subarray(start, start + count), this.length);
    this.length += count;
    if (this.record === 0) this.passAlerts();
    if (this.record === 0 && this.bytes[0] === RECORD_ALERT && this.length < ALERT_RECORD) return;
    while (this.record + RECORD_HEADER <= this.length && this.bytes[this.record] === HANDSHAKE) {
      this.record += RECORD_HEADER + this.bytes[this.record + 3] * 256 + this.bytes[this.record + 4];
    }
    if (this.record < this.length && this.bytes[this.record] !== HANDSHAKE) this.finish();
    else if (this.length === MOST_BYTES) this.finish();
  }

  gap(): void {
    this.finish();
  }

  /** Drops the alerts that the bytes begin with. */
  private passAlerts(): void {
    const { bytes, length } = this;
    let at = 0;
    for (let next = behindAlert(bytes, at, length); next > at; next = behindAlert(bytes, at, length)) {
      this.alert = bytes[next - 1];
      at = next;
    }
    bytes.copyWithin(0, at, length);
    this.length -= at;
  }

  finish(): void {
    if (this.isDone) return;
    this.isDone = true;
    if (isOldClientHello(this.bytes, 0, this.length)) this.take(OLD_CLIENT_HELLO, this.bytes, this.firstMs);
    const { joined } = joinRecords(this.bytes, 0, this.length);
    let at = 0;
    while (at + MESSAGE_HEADER <= joined.length) {
      const end = at + MESSAGE_HEADER + joined[at + 1] * 65_536 + joined[at + 2] * 256 + joined[at + 3];
      this.take(joined[at], joined.subarray(at + MESSAGE_HEADER, end), this.firstMs);
      at = end;
    }
  }
}

/** What a client's hello says. */
type Asked = Pick<TlsHandshake, 'serverName' | 'alpn' | 'ja3' | 'ja4'>;

/** A hello in the format of SSL 2.0 has no extensions, and no fingerprint is defined of it. */
const NOTHING_ASKED: Asked = { serverName: '', alpn: '', ja3: '', ja4: '' };

function askedIn(bytes: Uint8Array, transport: TlsHandshake['transport']): Asked | null {
  const hello = readClientHello(bytes, 0, bytes.length);
  if (hello === null) return null;
  return {
    serverName: latin1Text(bytes, hello.serverNameStart, hello.serverNameEnd),
    alpn: latin1Text(bytes, hello.alpnStart, hello.alpnEnd),
    ja3: ja3(hello),
    ja4: ja4(hello, bytes, transport === 'tcp' ? 't' : 'q'),
  };
}

function begun(
  atMs: number,
  clientPort: number,
  transport: TlsHandshake['transport'],
): Omit<TlsHandshake, keyof Asked> {
  return { kind: 'tls', atMs, clientPort, transport, alert: '', version: '', cipher: '', ja3s: '', certificates: [] };
}

function readAnswer(exchange: TlsHandshake, bytes: Uint8Array): void {
  const hello = readServerHello(bytes, 0, bytes.length);
  if (hello === null) return;
  exchange.version = versionName(hello.supportedVersions[0] ?? hello.version);
  exchange.cipher = cipherName(hello.ciphers[0]);
  exchange.ja3s = ja3s(hello);
}

/** A list of certificates, each behind its length (RFC 5246, section 7.4.2). */
function certificatesOf(bytes: Uint8Array): CertificateInFull[] {
  const found: CertificateInFull[] = [];
  let at = 3;
  while (at + 3 <= bytes.length && found.length < MOST_CERTIFICATES) {
    const end = at + 3 + bytes[at] * 65_536 + bytes[at + 1] * 256 + bytes[at + 2];
    const certificate = end > bytes.length ? null : certificateInFull(bytes.subarray(at + 3, end));
    if (certificate === null) break;
    found.push(certificate);
    at = end;
  }
  return found;
}
