import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** The namespace that STIX 2.1 (section 2.9) gives for observables, and forbids for all else, which has one of our own. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';
const OURS = 'f60269c2-4780-461c-ad59-66de6be15991';

/** The id of an object that is no observable: the same type and name have the same id in every bundle. */
export function stixId(type: string, name: string): string {
  return `${type}--${nameUuid(OURS, `${type} ${name}`)}`;
}

/** The id of an observable, which every producer gives it: it follows from its contributing properties, sorted by name. */
export function observableId(type: string, contributing: Readonly<Record<string, unknown>>): string {
  const sorted = Object.fromEntries(Object.entries(contributing).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${type}--${nameUuid(OBSERVABLES, JSON.stringify(sorted))}`;
}

/** A UUID of version 5 (RFC 9562, section 5.5): the same for the same text. */
function nameUuid(namespace: string, text: string): string {
  const space = hexToBytes(namespace.replaceAll('-', ''));
  const hash = sha1(concatBytes(space, utf8ToBytes(text)));
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const digits = bytesToHex(hash.subarray(0, 16));
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
