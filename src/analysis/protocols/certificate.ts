import { type Element, elementAt } from './der.ts';
import { headerText } from './http-headers.ts';
import { nameText } from './text.ts';

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const OCTET_STRING = 0x04;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** Object identifiers as DER has them: id-at-commonName, id-at-organizationName, id-ce-subjectAltName. */
const COMMON_NAME = [0x55, 0x04, 0x03];
const ORGANIZATION = [0x55, 0x04, 0x0a];
const ALTERNATIVE_NAME = [0x55, 0x1d, 0x11];

/** No public authority ever vouched for so long: five years until 2015, then ever less (CA/Browser Forum). */
const LASTING_MONTHS = 120;

/** More elements than this in one sequence are not looked through. */
const MOST_ELEMENTS = 64;

/** An X.509 certificate (RFC 5280, section 4.1): where in its bytes it says what. */
export interface Certificate {
  issuer: Element;
  subject: Element;
  validity: Element;
  fields: Element[];
}

/**
 * What a certificate says about a server and about who vouches for it, a line each: common name, else organization, of the
 * subject; the same of the issuer; the first DNS name among the subject's alternative names. The walk goes down a fixed
 * path and never recurses.
 */
export function certificateText(bytes: Uint8Array, { issuer, subject, fields }: Certificate): string {
  return [distinguishedName(bytes, subject), distinguishedName(bytes, issuer), firstDnsName(bytes, fields)].join('\n');
}

/**
 * Whether a certificate names itself as its issuer: the two names are the same, byte by byte
 * (RFC 5280, section 6.1), and are there. Nobody else vouches for such a server.
 */
export function isSelfSigned(bytes: Uint8Array, { issuer, subject }: Certificate): boolean {
  const length = issuer.end - issuer.start;
  if (length === 0 || subject.end - subject.start !== length) return false;
  for (let at = 0; at < length; at++) {
    if (bytes[issuer.start + at] !== bytes[subject.start + at]) return false;
  }
  return true;
}

/**
 * Whether a certificate is for the server of a name, as clients check it (RFC 6125, section 6.4): one of its alternative DNS
 * names is that name, or stands for it with an asterisk for the first label; without such names, its common name.
 */
export function isFor(bytes: Uint8Array, { subject, fields }: Certificate, name: string): boolean {
  const wanted = name.toLowerCase();
  const { start, end } = alternativeNames(bytes, fields) ?? { start: 0, end: 0 };
  let any = false;
  for (let at = start; at < end;) {
    const element = elementAt(bytes, at, end);
    // The rest cannot be read, and may have the name.
    if (element === null) return true;
    at = element.end;
    if (element.tag !== DNS_NAME) continue;
    any = true;
    if (stands(nameText(bytes, element.start, element.end).toLowerCase(), wanted)) return true;
  }
  return !any && stands(distinguishedName(bytes, subject).toLowerCase(), wanted);
}

/** Whether a name of a certificate is a server's, or stands for it with an asterisk; both in lower case. */
export function stands(pattern: string, name: string): boolean {
  return pattern === name || (pattern.startsWith('*.') && name.includes('.') && pattern.slice(2) === parentOf(name));
}

function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/**
 * Whether a certificate is valid for longer than any that the public trusts, days left out (section 4.1.2.5: two times, as
 * UTCTime with two digits of the year, from 1950 to 2049, or as GeneralizedTime with four).
 */
export function isLasting(bytes: Uint8Array, { validity }: Certificate): boolean {
  const [from, until] = elementsOf(bytes, validity).map((time) => monthOf(bytes, time));
  return until - from >= LASTING_MONTHS;
}

/** The same by two times in milliseconds since 1970; not where either is none. */
export function lastsFrom(fromMs: number, untilMs: number): boolean {
  const [from, until] = [fromMs, untilMs].map((ms) => new Date(ms));
  const years = until.getUTCFullYear() - from.getUTCFullYear();
  return 12 * years + until.getUTCMonth() - from.getUTCMonth() >= LASTING_MONTHS;
}

/** Months since the year 0 of a time; NaN for something else. */
function monthOf(bytes: Uint8Array, { tag, start, end }: Element): number {
  if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) return Number.NaN;
  const digits = tag === UTC_TIME ? 2 : 4;
  const text = headerText(bytes, start, Math.min(end, start + digits + 2));
  if (text.length !== digits + 2 || !/^\d+$/.test(text)) return Number.NaN;
  const year = Number(text.slice(0, digits));
  const century = tag === GENERALIZED_TIME ? 0 : year < 50 ? 2000 : 1900;
  return 12 * (century + year) + Number(text.slice(digits));
}

/** The certificate in `bytes[start, end)`; null for something else. */
export function readCertificate(bytes: Uint8Array, start: number, end: number): Certificate | null {
  const certificate = elementAt(bytes, start, end);
  if (certificate?.tag !== SEQUENCE) return null;
  const signed = elementAt(bytes, certificate.start, certificate.end);
  if (signed?.tag !== SEQUENCE) return null;
  const fields = elementsOf(bytes, signed);
  // Serial number, algorithm, issuer, validity, subject: behind the version, which the oldest leave out.
  const first = fields[0]?.tag === VERSION ? 1 : 0;
  const issuer = fields[first + 2];
  const validity = fields[first + 3];
  const subject = fields[first + 4];
  const isWhole = issuer?.tag === SEQUENCE && validity?.tag === SEQUENCE && subject?.tag === SEQUENCE;
  return isWhole ? { issuer, subject, validity, fields } : null;
}

/** A name is a sequence of sets of pairs of type and value. */
function distinguishedName(bytes: Uint8Array, name: Element): string {
  let organization = '';
  for (const set of elementsOf(bytes, name)) {
    const pair = elementAt(bytes, set.start, set.end);
    if (pair === null) continue;
    const [type, value] = elementsOf(bytes, pair);
    if (value === undefined) continue;
    if (isObject(bytes, type, COMMON_NAME)) return headerText(bytes, value.start, value.end);
    if (isObject(bytes, type, ORGANIZATION)) organization = headerText(bytes, value.start, value.end);
  }
  return organization;
}

function firstDnsName(bytes: Uint8Array, fields: readonly Element[]): string {
  const names = alternativeNames(bytes, fields);
  const dnsName = names === null ? undefined : elementsOf(bytes, names).find(({ tag }) => tag === DNS_NAME);
  return dnsName === undefined ? '' : nameText(bytes, dnsName.start, dnsName.end);
}

/**
 * The list of the subject's alternative names, null without one. Section 4.2.1.6: an extension is its type, whether it is
 * critical, and an octet string with the names in it.
 */
function alternativeNames(bytes: Uint8Array, fields: readonly Element[]): Element | null {
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS);
  const list = extensions === undefined ? null : elementAt(bytes, extensions.start, extensions.end);
  if (list === null) return null;
  for (const extension of elementsOf(bytes, list)) {
    const parts = elementsOf(bytes, extension);
    const value = parts.at(-1);
    if (!isObject(bytes, parts[0], ALTERNATIVE_NAME) || value?.tag !== OCTET_STRING) continue;
    return elementAt(bytes, value.start, value.end);
  }
  return null;
}

function isObject(bytes: Uint8Array, element: Element | undefined, identifier: readonly number[]): boolean {
  return (
    element?.tag === OBJECT_IDENTIFIER &&
    element.end - element.start === identifier.length &&
    identifier.every((byte, index) => bytes[element.start + index] === byte)
  );
}

/** The elements in another, as far as they fit; of very many the first ones. */
export function elementsOf(bytes: Uint8Array, parent: Element): Element[] {
  const elements: Element[] = [];
  let at = parent.start;
  while (at < parent.end && elements.length < MOST_ELEMENTS) {
    const element = elementAt(bytes, at, parent.end);
    if (element === null) break;
    elements.push(element);
    at = element.end;
  }
  return elements;
}
