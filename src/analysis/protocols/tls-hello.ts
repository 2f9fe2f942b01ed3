import { u16 } from '../memory/numbers.ts';

const VERSION_AND_RANDOM = 34;

/** IANA "TLS ExtensionType Values". */
export const SERVER_NAME_EXTENSION = 0;
const SUPPORTED_GROUPS = 10;
const POINT_FORMATS = 11;
const SIGNATURE_ALGORITHMS = 13;
const ALPN = 16;
const SUPPORTED_VERSIONS = 43;
const QUIC_TRANSPORT_PARAMETERS = 57;
const QUIC_TRANSPORT_PARAMETERS_DRAFT = 0xffa5;
const NAME_TYPE_HOST = 0;

/** Fields of a hello that are emptied before the next one is read. */
const LISTS = ['ciphers', 'extensions', 'groups', 'pointFormats', 'signatureAlgorithms', 'supportedVersions'] as const;

/**
 * What a ClientHello or ServerHello says about the software that made it. Lists hold the numbers in the order they were
 * sent, GREASE (RFC 8701) included; a list whose extension is missing or malformed is empty. Ranges are positions in
 * the bytes that were read, `start === end` where there is nothing.
 */
export class TlsHello {
  /** `legacy_version`: 0x0303 for TLS 1.2 and 1.3, 0xfefd for DTLS 1.2. */
  version = 0;
  /** All that a client offers, or the one that a server chose. */
  readonly ciphers: number[] = [];
  readonly extensions: number[] = [];
  readonly groups: number[] = [];
  readonly pointFormats: number[] = [];
  readonly signatureAlgorithms: number[] = [];
  /** All that a client offers, or the one that a server chose. */
  readonly supportedVersions: number[] = [];
  /** The host of the server name extension. */
  serverNameStart = 0;
  serverNameEnd = 0;
  /** The first protocol of the ALPN extension. */
  alpnStart = 0;
  alpnEnd = 0;
  /** The QUIC transport parameters, content of the extension. */
  transportStart = 0;
  transportEnd = 0;

  reset(version: number): void {
    this.version = version;
    for (const list of LISTS) this[list].length = 0;
    this.serverNameStart = this.serverNameEnd = 0;
    this.alpnStart = this.alpnEnd = 0;
    this.transportStart = this.transportEnd = 0;
  }
}

const reused = new TlsHello();

/** Where the parts of the hello lie that `findHelloParts` found last. */
export const helloParts = { ciphers: 0, ciphersEnd: 0, extensions: 0 };

/**
 * Finds the cipher suites and the extensions in the body of a hello, `bytes[start, end)` without the header of the
 * handshake message (RFC 8446, sections 4.1.2 and 4.1.3; with the cookie of RFC 6347, section 4.2.1, for a client's
 * `datagram`). Of a client the suites begin with their length. Returns false where the bytes end before the extensions
 * begin.
 */
export function findHelloParts(
  bytes: Uint8Array,
  start: number,
  end: number,
  fromClient: boolean,
  datagram = false,
): boolean {
  let at = start + VERSION_AND_RANDOM;
  if (at + 1 > end) return false;
  at += 1 + bytes[at];
  if (datagram) {
    if (at + 1 > end) return false;
    at += 1 + bytes[at];
  }
  if (at + 2 > end) return false;
  const ciphersEnd = at + 2 + (fromClient ? u16(bytes, at) : 0);
  if (ciphersEnd + 1 > end) return false;
  helloParts.ciphers = at;
  helloParts.ciphersEnd = ciphersEnd;
  helloParts.extensions = ciphersEnd + 1 + (fromClient ? bytes[ciphersEnd] : 0);
  return helloParts.extensions <= end;
}

/**
 * Reads the body of a ClientHello in `bytes[start, end)`, as `findHelloParts` takes it. Null when it does not fit into
 * itself. What is returned is overwritten by the next call.
 */
export function readClientHello(bytes: Uint8Array, start: number, end: number, datagram = false): TlsHello | null {
  if (!findHelloParts(bytes, start, end, true, datagram)) return null;
  reused.reset(u16(bytes, start));
  pushPairs(reused.ciphers, bytes, helloParts.ciphers + 2, helloParts.ciphersEnd);
  return readExtensions(bytes, helloParts.extensions, end, true) ? reused : null;
}

/** The same for a ServerHello, which is alike in TLS and DTLS. */
export function readServerHello(bytes: Uint8Array, start: number, end: number): TlsHello | null {
  if (!findHelloParts(bytes, start, end, false)) return null;
  reused.reset(u16(bytes, start));
  reused.ciphers.push(u16(bytes, helloParts.ciphers));
  return readExtensions(bytes, helloParts.extensions, end, false) ? reused : null;
}

/** Extensions may be missing as a whole (RFC 5246, section 7.4.1.2), but not be cut. */
function readExtensions(bytes: Uint8Array, start: number, end: number, client: boolean): boolean {
  if (start + 2 > end) return start === end;
  const extensionsEnd = start + 2 + u16(bytes, start);
  if (extensionsEnd > end) return false;
  let at = start + 2;
  while (at < extensionsEnd) {
    if (at + 4 > extensionsEnd) return false;
    const type = u16(bytes, at);
    const content = at + 4;
    at = content + u16(bytes, at + 2);
    if (at > extensionsEnd) return false;
    reused.extensions.push(type);
    readExtension(type, bytes, content, at, client);
  }
  return true;
}

function readExtension(type: number, bytes: Uint8Array, start: number, end: number, client: boolean): void {
  if (type === SERVER_NAME_EXTENSION) readServerName(bytes, start, end);
  else if (type === SUPPORTED_GROUPS) pushPrefixedPairs(reused.groups, bytes, start, end);
  else if (type === POINT_FORMATS) pushPrefixedBytes(reused.pointFormats, bytes, start, end);
  else if (type === SIGNATURE_ALGORITHMS) pushPrefixedPairs(reused.signatureAlgorithms, bytes, start, end);
  else if (type === ALPN) readAlpn(bytes, start, end);
  else if (type === SUPPORTED_VERSIONS) readVersions(bytes, start, end, client);
  else if (type === QUIC_TRANSPORT_PARAMETERS || type === QUIC_TRANSPORT_PARAMETERS_DRAFT) {
    reused.transportStart = start;
    reused.transportEnd = end;
  }
}

/** The first entry, where it is a host name (RFC 6066, section 3). */
function readServerName(bytes: Uint8Array, start: number, end: number): void {
  if (end - start < 5 || bytes[start + 2] !== NAME_TYPE_HOST) return;
  const hostEnd = start + 5 + u16(bytes, start + 3);
  if (hostEnd > end) return;
  reused.serverNameStart = start + 5;
  reused.serverNameEnd = hostEnd;
}

/** The first protocol (RFC 7301, section 3.1). */
function readAlpn(bytes: Uint8Array, start: number, end: number): void {
  if (end - start < 3) return;
  const protocolEnd = start + 3 + bytes[start + 2];
  if (protocolEnd > end) return;
  reused.alpnStart = start + 3;
  reused.alpnEnd = protocolEnd;
}

/** A list with its length in one byte from a client, a single number from a server (RFC 8446, section 4.2.1). */
function readVersions(bytes: Uint8Array, start: number, end: number, client: boolean): void {
  if (!client) pushPairs(reused.supportedVersions, bytes, start, Math.min(end, start + 2));
  else if (end > start) pushPairs(reused.supportedVersions, bytes, start + 1, Math.min(end, start + 1 + bytes[start]));
}

function pushPrefixedPairs(list: number[], bytes: Uint8Array, start: number, end: number): void {
  if (end - start >= 2) pushPairs(list, bytes, start + 2, Math.min(end, start + 2 + u16(bytes, start)));
}

function pushPrefixedBytes(list: number[], bytes: Uint8Array, start: number, end: number): void {
  if (end === start) return;
  const stop = Math.min(end, start + 1 + bytes[start]);
  for (let at = start + 1; at < stop; at++) list.push(bytes[at]);
}

function pushPairs(list: number[], bytes: Uint8Array, start: number, end: number): void {
  for (let at = start; at + 2 <= end; at += 2) list.push(u16(bytes, at));
}
