import type { TlsHello } from '../../protocols/tls-hello.ts';
import { AsciiText } from './ascii-text.ts';
import { sha256Hex12 } from './digest.ts';
import { isGrease, withoutGrease } from './ja3.ts';

/** What carried the hello: TLS over TCP, QUIC, or DTLS. The letter a JA4 begins with. */
export type HelloTransport = 't' | 'q' | 'd';

const SERVER_NAME = 0;
const ALPN = 16;
const NOTHING = '000000000000';
/** Counts have two digits. */
const LARGEST_COUNT = 99;

const hashed = new AsciiText();

const VERSIONS: ReadonlyMap<number, string> = new Map([
  [0x0304, '13'],
  [0x0303, '12'],
  [0x0302, '11'],
  [0x0301, '10'],
  [0x0300, 's3'],
  [0x0002, 's2'],
  [0xfeff, 'd1'],
  [0xfefd, 'd2'],
  [0xfefc, 'd3'],
]);

/**
 * The JA4 of a ClientHello (https://github.com/FoxIO-LLC/ja4, technical_details/JA4.md), 36 characters: "t13d1516h2",
 * the hash of the sorted ciphers, and the hash of the sorted extensions and the signature algorithms. `bytes` are
 * those that the hello was read from.
 */
export function ja4(hello: TlsHello, bytes: Uint8Array, transport: HelloTransport): string {
  const ciphers = withoutGrease(hello.ciphers);
  const extensions = withoutGrease(hello.extensions);
  const name = extensions.includes(SERVER_NAME) ? 'd' : 'i';
  const head = `${transport}${versionText(hello)}${name}${count(ciphers)}${count(extensions)}${alpnText(hello, bytes)}`;
  const types = extensions.filter((type) => type !== SERVER_NAME && type !== ALPN);
  return `${head}_${sortedHash(ciphers, [])}_${sortedHash(types, withoutGrease(hello.signatureAlgorithms))}`;
}

/**
 * The JA4S of a ServerHello (technical_details/JA4S.md), 25 characters: "t130200", the chosen cipher, and the hash of
 * the extensions in their order.
 */
export function ja4s(hello: TlsHello, bytes: Uint8Array, transport: HelloTransport): string {
  const { extensions } = hello;
  const head = `${transport}${versionText(hello)}${count(extensions)}${alpnText(hello, bytes)}`;
  const cipher = hello.ciphers[0].toString(16).padStart(4, '0');
  return `${head}_${cipher}_${extensions.length === 0 ? NOTHING : sha256Hex12(hashed.begun().hexadecimals(extensions).bytes)}`;
}

/** The newest version of the extension, else the hello's own; DTLS counts its versions downwards. */
function versionText(hello: TlsHello): string {
  let newest = 0;
  for (const version of hello.supportedVersions) {
    if (!isGrease(version) && (newest === 0 || isNewer(version, newest))) newest = version;
  }
  return VERSIONS.get(newest === 0 ? hello.version : newest) ?? '00';
}

function isNewer(version: number, than: number): boolean {
  return version >= 0xfe00 && than >= 0xfe00 ? version < than : version > than;
}

/** First and last character of the first protocol; of its hexadecimal digits where one is no letter or digit. */
function alpnText(hello: TlsHello, bytes: Uint8Array): string {
  if (hello.alpnStart === hello.alpnEnd) return '00';
  const first = bytes[hello.alpnStart];
  const last = bytes[hello.alpnEnd - 1];
  if (isAlphanumeric(first) && isAlphanumeric(last)) return String.fromCharCode(first, last);
  return (first >> 4).toString(16) + (last & 15).toString(16);
}

function isAlphanumeric(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
}

function count(values: readonly number[]): string {
  return String(Math.min(values.length, LARGEST_COUNT)).padStart(2, '0');
}

/** The hash of numbers in their order by size, and of others as they come. */
function sortedHash(values: readonly number[], others: readonly number[]): string {
  if (values.length === 0) return NOTHING;
  // Of sixteen bits each they are sorted without a comparison of ours, of which a long list takes thousands.
  hashed.begun().hexadecimals(Uint16Array.from(values).sort());
  if (others.length > 0) hashed.text('_').hexadecimals(others);
  return sha256Hex12(hashed.bytes);
}
