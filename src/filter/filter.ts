import { type AskedOrder, check } from './check.ts';
import { UTC, type Zone } from './comparisons.ts';
import { ALWAYS, type Condition, testOf } from './conditions.ts';
import { type Field, fieldOf } from './fields.ts';
import type { FilteredList } from './list.ts';
import { parse } from './parse.ts';
import { printed } from './print.ts';
import { type FilterError, FilterFault } from './syntax.ts';
import { displayField, FRAME_TIME } from './wireshark.ts';

/** A filter that can be read, ready for any list. */
export interface Filter {
  /** Its one way of being written. */
  text: string;
  condition: Condition;
  /** The order it asks for; null where it asks for none. */
  order: AskedOrder | null;
}

/** The rows of a list that a filter lets through, in its order. */
export interface FilteredRows {
  rows: Uint32Array;
  /** Fields asked for that the list has not: nothing in it meets a condition on them. */
  lacks: Field[];
}

/** Lets everything through. */
export const NO_FILTER: Filter = { text: '', condition: ALWAYS, order: null };

/**
 * Reads a filter: one line, as the page's field and the terminal's `--filter` take it. An error has its place in the
 * text.
 *
 * @param zone how times without a zone are read
 */
export function readFilter(text: string, zone: Zone = UTC): { filter: Filter } | { error: FilterError } {
  try {
    const expression = parse(text, isFieldName);
    if (expression === null) return { filter: NO_FILTER };
    return { filter: { text: printed(expression), ...check(expression, zone) } };
  } catch (fault) {
    if (!(fault instanceof FilterFault)) throw fault;
    return { error: fault.error };
  }
}

/** Whether a name is one that a filter may ask for: a field's, or a display filter's of Wireshark's. */
export function isFieldName(name: string): boolean {
  return fieldOf(name) !== null || displayField(name) !== null || FRAME_TIME.has(name.toLowerCase());
}

/** The given rows of a list that a filter lets through, in their order or in the one that the filter asks for. */
export function filterRows({ condition, order }: Filter, list: FilteredList, rows: Uint32Array): FilteredRows {
  const { test, lacks } = testOf(condition, list);
  const met = condition === ALWAYS ? rows : rows.filter(test);
  return { rows: order === null ? met : inOrder(met, order, list, lacks), lacks };
}

/** All rows of a list, from 0. */
export function allRows({ length }: Pick<FilteredList, 'length'>): Uint32Array {
  return Uint32Array.from({ length }, (_, row) => row);
}

/** Rows without a value come last both ways; equals keep their order. */
function inOrder(
  rows: Uint32Array,
  { field, descending }: AskedOrder,
  list: FilteredList,
  lacks: Field[],
): Uint32Array {
  const reader = list.fields[field];
  if (reader === undefined) {
    if (!lacks.includes(field)) lacks.push(field);
    return rows;
  }
  const sign = descending ? -1 : 1;
  if (reader.of === 'texts') {
    const collator = new Intl.Collator('en', { numeric: true });
    const keys = new Map(Array.from(rows, (row) => [row, reader.value(row)[0] ?? '']));
    return Uint32Array.from([...rows].sort((a, b) => emptyLast(keys.get(a)!, keys.get(b)!, sign, collator)));
  }
  const keys = new Map(Array.from(rows, (row) => [row, reader.value(row)]));
  return Uint32Array.from([...rows].sort((a, b) => nanLast(keys.get(a)!, keys.get(b)!, sign)));
}

function nanLast(a: number, b: number, sign: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * (a - b);
}

function emptyLast(a: string, b: string, sign: number, { compare }: Intl.Collator): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return sign * compare(a, b);
}
