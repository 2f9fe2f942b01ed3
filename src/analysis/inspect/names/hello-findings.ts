import { ja3, ja3s } from '../fingerprints/ja3.ts';
import { type HelloTransport, ja4, ja4s } from '../fingerprints/ja4.ts';
import { FingerprintMemo } from '../fingerprints/memo.ts';
import { dtlsHelloBody } from '../../protocols/dtls.ts';
import type { FlowFindings } from './findings.ts';
import { sourceIndex } from '../../flows/name-sources.ts';
import { SIGNS } from '../../protocols/signs.ts';
import { nameText } from '../../protocols/text.ts';
import { clientHelloServerName, hostOf, messageEnd } from '../../protocols/tls.ts';
import { readClientHello, readServerHello } from '../../protocols/tls-hello.ts';

const TLS = sourceIndex('tls');
const QUIC = sourceIndex('quic');
/** What is remembered of either side, by what carried the hello. */
const CLIENTS = { t: rememberedClients('t'), q: rememberedClients('q') };
const SERVERS = { t: rememberedServers('t'), q: rememberedServers('q'), d: rememberedServers('d') };

const HANDSHAKE_HEADER = 4;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;

/** What there was of a ClientHello: not all of it, not all that one may say, or a name and both fingerprints. */
export const CUT = 0;
export const PARTLY = 1;
export const WHOLE = 2;

/**
 * Keeps the name and the fingerprints of a ClientHello, its handshake header first, in `bytes[start, end)`. While it is
 * not whole, it is `CUT`; when it is `final`, the name counts all the same if its bytes are there.
 */
export function keepClientHello(
  bytes: Uint8Array,
  start: number,
  end: number,
  transport: 't' | 'q',
  findings: FlowFindings,
  final: boolean,
): typeof CUT | typeof PARTLY | typeof WHOLE {
  const whole = end - start >= HANDSHAKE_HEADER && messageEnd(bytes, start) <= end;
  if (!whole && !final) return CUT;
  const source = transport === 'q' ? QUIC : TLS;
  if (!whole) {
    findings.keep(clientHelloServerName(bytes, start, end), source);
    return PARTLY;
  }
  const memo = CLIENTS[transport];
  const made = memo.fingerprintsOf(bytes, start + HANDSHAKE_HEADER, messageEnd(bytes, start));
  // The way to the name is walked once, where it can be.
  const isWalked = memo.serverNameStart >= 0 && bytes[start] === CLIENT_HELLO;
  const name = isWalked
    ? hostOf(bytes, memo.serverNameStart, memo.serverNameEnd)
    : clientHelloServerName(bytes, start, end);
  const isNamed = findings.keep(name, source);
  if (transport === 't') findings.addSigns(SIGNS.hello);
  if (made !== null) findings.keepClient(made);
  return isNamed && made !== null ? WHOLE : PARTLY;
}

/** Keeps the fingerprints of a ServerHello. Returns whether there is a whole one in `bytes[start, end)`. */
export function keepServerHello(
  bytes: Uint8Array,
  start: number,
  end: number,
  transport: HelloTransport,
  findings: FlowFindings,
): boolean {
  if (end - start < HANDSHAKE_HEADER || bytes[start] !== SERVER_HELLO || messageEnd(bytes, start) > end) return false;
  keepServerFingerprints(bytes, start + HANDSHAKE_HEADER, messageEnd(bytes, start), transport, findings);
  return true;
}

/** Keeps what the hello says that a datagram of DTLS begins with. Returns whether it is a server's. */
export function keepDtlsHello(bytes: Uint8Array, start: number, end: number, findings: FlowFindings): boolean {
  const body = dtlsHelloBody(bytes, start, end);
  if (body.start === body.end) return false;
  if (body.fromClient) keepDtlsClient(bytes, body.start, body.end, findings);
  else keepServerFingerprints(bytes, body.start, body.end, 'd', findings);
  return !body.fromClient;
}

function keepServerFingerprints(
  bytes: Uint8Array,
  start: number,
  end: number,
  transport: HelloTransport,
  findings: FlowFindings,
): void {
  const made = SERVERS[transport].fingerprintsOf(bytes, start, end);
  if (made !== null) findings.keepServer(made);
}

function rememberedClients(transport: HelloTransport): FingerprintMemo {
  return new FingerprintMemo(true, (bytes, start, end) => {
    const hello = readClientHello(bytes, start, end);
    return hello === null ? null : { ja3: ja3(hello), ja4: ja4(hello, bytes, transport) };
  });
}

function rememberedServers(transport: HelloTransport): FingerprintMemo {
  return new FingerprintMemo(false, (bytes, start, end) => {
    const hello = readServerHello(bytes, start, end);
    return hello === null ? null : { ja3: ja3s(hello), ja4: ja4s(hello, bytes, transport) };
  });
}

/** The cookie in a client's hello over DTLS differs from flow to flow: each is read by itself. */
function keepDtlsClient(bytes: Uint8Array, start: number, end: number, findings: FlowFindings): void {
  const hello = readClientHello(bytes, start, end, true);
  if (hello === null) return;
  findings.keep(nameText(bytes, hello.serverNameStart, hello.serverNameEnd), TLS);
  findings.keepClient({ ja3: ja3(hello), ja4: ja4(hello, bytes, 'd') });
}
