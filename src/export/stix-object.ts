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
