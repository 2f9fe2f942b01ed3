import { parseAddress } from '../analysis/net/address.ts';
import { observableId } from './stix-ids.ts';

/** Bytes of what a captured packet said that go into one text. */
const LONGEST_TEXT = 500;

/** An object of a STIX 2.1 bundle. */
export interface StixObject {
  type: string;
  spec_version: '2.1';
  id: string;
  [property: string]: unknown;
}

/** A text that a packet may have made as long as it liked. */
export function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

/** A time in milliseconds since 1970 as STIX writes it. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString();
}

/** The end of a connection as an observable. */
export function endObject(end: string): StixObject {
  const type = endType(end);
  return { type, spec_version: '2.1', id: observableId(type, { value: end }), value: end };
}

/** The type of observable that the end of a connection is: what a proxy was asked for may be a name. */
export function endType(end: string): 'ipv4-addr' | 'ipv6-addr' | 'domain-name' {
  if (parseAddress(end) === null) return 'domain-name';
  return end.includes(':') ? 'ipv6-addr' : 'ipv4-addr';
}
