import { FIELDS, type Field } from '../../../src/filter/fields.ts';
import { allRows, filterRows, readFilter } from '../../../src/filter/filter.ts';
import type { FilteredList } from '../../../src/filter/list.ts';

/** A row of a test's list, by the names of fields; what is left out has no value. */
export type Row = Partial<Record<Field, number | string | readonly string[]>>;

/** A list of rows as a filter sees it. */
export function listOf(given: readonly Row[]): FilteredList {
  const rows = given.map((row) => ({ ...row, addr: [row.src, row.dst].flatMap((end) => end ?? []).map(String) }));
  const texts = (row: number, field: Field): readonly string[] => {
    const value = rows[row][field];
    return value === undefined ? [] : typeof value === 'object' ? value : [String(value)];
  };
  const fields: FilteredList['fields'] = {};
  for (const field of new Set(rows.flatMap((row) => Object.keys(row) as Field[]))) {
    const isText = ['end', 'text', 'address'].includes(FIELDS[field].kind);
    fields[field] = isText
      ? { of: 'texts', value: (row) => texts(row, field) }
      : { of: 'number', value: (row) => Number(rows[row][field] ?? Number.NaN) };
  }
  const ends = (row: number): string[] => {
    return [...texts(row, 'dst'), ...texts(row, 'name')].map((end) => `${end}:${texts(row, 'port').join('')}`);
  };
  return {
    kind: 'connections',
    length: rows.length,
    fields,
    shown: (row) =>
      [...texts(row, 'src'), ...ends(row), ...texts(row, 'ua'), ...texts(row, 'app')].join(' ').toLowerCase(),
    names: (row) => texts(row, 'name'),
    addresses: (row) => [...texts(row, 'src'), ...texts(row, 'dst')],
    ends,
  };
}

/** The rows that a filter lets through. */
export function met(text: string, rows: readonly Row[]): number[] {
  const read = readFilter(text);
  if ('error' in read) throw new Error(`${text}: ${read.error.message}`);
  const list = listOf(rows);
  return [...filterRows(read.filter, list, allRows(list)).rows];
}
