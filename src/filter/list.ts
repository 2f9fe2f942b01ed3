import type { Field } from './fields.ts';

/** The lists that a filter goes over. */
export type ListKind = 'hosts' | 'connections' | 'long' | 'dns';

/** What a list's rows have of a field: numbers (NaN for none), or texts, of which a row may have none or several. */
export type Reader =
  | { of: 'number'; value: (row: number) => number }
  | { of: 'texts'; value: (row: number) => readonly string[] };

/** One list as a filter sees it. */
export interface FilteredList {
  kind: ListKind;
  length: number;
  /** Readers of the fields that this list has. */
  fields: Partial<Record<Field, Reader>>;
  /** What bare words are searched in, in lower case: all that a row shows. */
  shown: (row: number) => string;
  /** A row's names and addresses, which exact words are compared with. */
  names: (row: number) => readonly string[];
  addresses: (row: number) => readonly string[];
  /** The address and name of a row's server with its port behind a colon: "10.0.0.1:443". */
  ends: (row: number) => readonly string[];
}

export function numbers(value: (row: number) => number): Reader {
  return { of: 'number', value };
}

export function texts(value: (row: number) => readonly string[]): Reader {
  return { of: 'texts', value };
}

export function flag(value: (row: number) => boolean): Reader {
  return { of: 'number', value: (row) => (value(row) ? 1 : 0) };
}
