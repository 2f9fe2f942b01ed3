import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { addressTextAt } from '../analysis/net/address-text.ts';
import { elementsOf } from '../analysis/protocols/certificate.ts';
import { type Element, elementAt } from '../analysis/protocols/der.ts';
import type { CertificateInFull } from './evidence.ts';
import { latin1Text, utf16Text, utf8Text } from './shown.ts';

const SEQUENCE = 0x30;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const OCTET_STRING = 0x04;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const UTF8_STRING = 0x0c;
const BMP_STRING = 0x1e;
const ALTERNATIVE_NAME = '2.5.29.17';
const MOST_NAMES = 40;
const LONGEST_SERIAL = 40;

/** Attributes of distinguished names as RFC 4514 and X.520 write them, and algorithms, by object identifier. */
const OBJECT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.2.840.113549.1.1.10': 'RSASSA-PSS',
  '1.2.840.113549.1.1.11': 'SHA-256 with RSA',
  '1.2.840.113549.1.1.12': 'SHA-384 with RSA',
  '1.2.840.113549.1.1.13': 'SHA-512 with RSA',
  '1.2.840.10045.4.3.2': 'ECDSA with SHA-256',
  '1.2.840.10045.4.3.3': 'ECDSA with SHA-384',
  '1.2.840.10045.4.3.4': 'ECDSA with SHA-512',
  '1.3.101.112': 'Ed25519',
};

/** A certificate (RFC 5280, section 4.1) in full; null for what is none. */
export function certificateInFull(bytes: Uint8Array): CertificateInFull | null {
  const whole = elementAt(bytes, 0, bytes.length);
  const signed = whole?.tag === SEQUENCE ? elementAt(bytes, whole.start, whole.end) : null;
  if (whole === null || signed?.tag !== SEQUENCE) return null;
  const fields = elementsOf(bytes, signed);
  const first = fields[0]?.tag === VERSION ? 1 : 0;
  const [serial, algorithm, issuer, validity, subject] = fields.slice(first, first + 5);
  if (subject?.tag !== SEQUENCE || issuer.tag !== SEQUENCE) return null;
  const [notBefore, notAfter] = elementsOf(bytes, validity);
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS);
  const names = extensions === undefined ? [] : alternativeNames(bytes, extensions);
  const der = bytes.subarray(0, whole.end);
  return {
    subject: distinguishedName(bytes, subject),
    issuer: distinguishedName(bytes, issuer),
    serial: bytesToHex(bytes.subarray(serial.start, Math.min(serial.end, serial.start + LONGEST_SERIAL))),
    notBefore: timeText(bytes, notBefore),
    notAfter: timeText(bytes, notAfter),
    alternativeNames: names.slice(0, MOST_NAMES),
    otherNames: Math.max(0, names.length - MOST_NAMES),
    signature: objectName(bytes, elementsOf(bytes, algorithm)[0]),
    sha1: bytesToHex(sha1(der)),
    sha256: bytesToHex(sha256(der)),
    bytes: der.length,
  };
}

/** "CN=example.com, O=Example, C=US", in the order of the certificate. */
function distinguishedName(bytes: Uint8Array, name: Element): string {
  return elementsOf(bytes, name)
    .flatMap((set) => elementsOf(bytes, set))
    .map((pair) => {
      const [type, value] = elementsOf(bytes, pair);
      return value === undefined ? '' : `${objectName(bytes, type)}=${stringText(bytes, value)}`;
    })
    .filter((part) => part !== '')
    .join(', ');
}

function stringText(bytes: Uint8Array, { tag, start, end }: Element): string {
  if (tag === UTF8_STRING) return utf8Text(bytes, start, end);
  return tag === BMP_STRING ? utf16Text(bytes, start, end) : latin1Text(bytes, start, end);
}

function objectName(bytes: Uint8Array, element: Element | undefined): string {
  if (element === undefined) return '';
  const identifier = objectIdentifier(bytes, element);
  return OBJECT_NAMES[identifier] ?? identifier;
}

/** An object identifier in dots (X.690, section 8.19). */
function objectIdentifier(bytes: Uint8Array, { start, end }: Element): string {
  const arcs: number[] = [];
  let arc = 0;
  for (let at = start; at < Math.min(end, start + 32); at++) {
    arc = arc * 128 + (bytes[at] & 0x7f);
    if (bytes[at] >= 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
}

/** Section 4.1.2.5: two digits of a year below 50 are of this century. '' for what is no time. */
function timeText(bytes: Uint8Array, element: Element | undefined): string {
  if (element === undefined || (element.tag !== UTC_TIME && element.tag !== GENERALIZED_TIME)) return '';
  const text = latin1Text(bytes, element.start, element.end);
  const parts = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d+)?Z$/.exec(text);
  if (parts === null) return '';
  const [, digits, month, day, hours, minutes, seconds = '00'] = parts;
  const year = digits.length === 4 ? digits : `${Number(digits) < 50 ? '20' : '19'}${digits}`;
  const iso = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`;
  return Number.isNaN(Date.parse(iso)) ? '' : iso;
}

/** Section 4.2.1.6: DNS names, mail addresses, URIs and IP addresses. */
function alternativeNames(bytes: Uint8Array, extensions: Element): string[] {
  const list = elementAt(bytes, extensions.start, extensions.end);
  if (list === null) return [];
  for (const extension of elementsOf(bytes, list)) {
    const parts = elementsOf(bytes, extension);
    const value = parts.at(-1);
    if (parts.length < 2 || value?.tag !== OCTET_STRING) continue;
    if (objectIdentifier(bytes, parts[0]) !== ALTERNATIVE_NAME) continue;
    const names = elementAt(bytes, value.start, value.end);
    return names === null ? [] : elementsOf(bytes, names).map((name) => alternativeName(bytes, name));
  }
  return [];
}

function alternativeName(bytes: Uint8Array, { tag, start, end }: Element): string {
  switch (tag & 0x1f) {
    case 1:
      return `mail ${latin1Text(bytes, start, end)}`;
    case 2:
      return latin1Text(bytes, start, end);
    case 6:
      return latin1Text(bytes, start, end);
    case 7:
      return addressText(bytes.subarray(start, end));
    default:
      return `other name of ${end - start} bytes`;
  }
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return addressTextAt(bytes, 0, 4);
  return bytes.length === 16 ? addressTextAt(bytes, 0, 6) : `address of ${bytes.length} bytes`;
}
