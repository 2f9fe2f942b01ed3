import { SavedFault } from './unpack.ts';
import type { NumberColumn } from './pack.ts';

/** Reads a part of a saved file, whose shape nobody vouches for; `at` is where it lies. Throws a `SavedFault`. */
export type Check<T> = (value: unknown, at: string) => T;

/** Longest text that is taken: names and messages are cut far below. */
const LONGEST_TEXT = 1 << 20;
const MOST_LONG_TEXT = 1 << 28;

function refuse(at: string, what: string): never {
  throw new SavedFault(`${at} is not ${what}: the file is damaged, or was not saved by Beaconscope`);
}

/** A number from `least` to `most`. */
export function number(least = -Number.MAX_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Check<number> {
  return (value, at) =>
    typeof value === 'number' && value >= least && value <= most ? value : refuse(at, `a number that can be`);
}

/** A whole number from 0. */
export const count: Check<number> = (value, at) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : refuse(at, 'a count');

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;
export const text: Check<string> = (value, at) => (isText(value) ? value : refuse(at, 'a text'));

export const flag: Check<boolean> = (value, at) => (typeof value === 'boolean' ? value : refuse(at, 'true or false'));

/** One of some texts. */
export function oneOf<T extends string>(choices: readonly T[]): Check<T> {
  return (value, at) => choices.find((choice) => choice === value) ?? refuse(at, `one of ${choices.join(', ')}`);
}

export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value, at) => (value === null ? null : check(value, at));
}

/** A value where there is one; a part that later files have and earlier ones do not. */
export function orMissing<T>(check: Check<T>, missing: T): Check<T> {
  return (value, at) => (value === undefined ? missing : check(value, at));
}

export function list<T>(check: Check<T>, most: number): Check<T[]> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length > most) refuse(at, `a list of at most ${most}`);
    return (value as unknown[]).map((part, index) => check(part, `${at}[${index}]`));
  };
}

/** An object with these properties; others that it has are left out. */
export function object<T extends object>(checks: { readonly [Name in keyof T]-?: Check<T[Name]> }): Check<T> {
  return (value, at) => {
    const parts = partsOf(value, at);
    const read = Object.entries<Check<unknown>>(checks).map(([name, check]) => [
      name,
      check(parts[name], `${at}.${name}`),
    ]);
    return Object.fromEntries(read.filter(([, part]) => part !== undefined)) as T;
  };
}

/** The properties of an object. */
export function partsOf(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
    refuse(at, 'an object');
  return value as Record<string, unknown>;
}

/** Texts that columns point to: the list itself, and words of where one lies for one that is refused, since there may be millions. */
function textsThat(isRight: (value: unknown) => value is string, what: string): Check<string[]> {
  return (value, at) => {
    if (!Array.isArray(value)) refuse(at, 'a list of texts');
    const wrong = value.findIndex((own) => !isRight(own));
    return wrong < 0 ? (value as string[]) : refuse(`${at}[${wrong}]`, what);
  };
}

export const texts = textsThat(isText, 'a text');

/** A text of up to 2^28 characters, which is in pieces where it is long. */
export const longText: Check<string> = (value, at) => {
  const pieces = typeof value === 'string' ? [value] : texts(value, at);
  if (pieces.reduce((sum, { length }) => sum + length, 0) > MOST_LONG_TEXT) refuse(at, 'a text');
  return pieces.join('');
};

/** What packets and logs said is kept as visible ASCII and spaces: nothing else can part lines, or deceive who reads it. */
const VISIBLE = /^[\x20-\x7e]*$/;

const isSaid = (value: unknown): value is string => isText(value) && VISIBLE.test(value);
const SAID = 'a text of visible ASCII';

/** A text that packets or logs said. */
export const said: Check<string> = (value, at) => (isSaid(value) ? value : refuse(at, SAID));

/** Texts that packets or logs said. */
export const saidTexts = textsThat(isSaid, SAID);

/** Bytes of any content. */
export const bytes: Check<Uint8Array> = (value, at) => (value instanceof Uint8Array ? value : refuse(at, 'bytes'));

/** How long a column is, and below what its values are where they are whole numbers that point somewhere. */
export interface ColumnBounds {
  length: number;
  end?: number | undefined;
}

/**
 * The columns that `like` has, of the same types, or of narrower ones where that may be. One that the file has not, for
 * it was saved before there was such a column, is all 0.
 */
export function columnsLike<T extends object>(like: T, boundsOf: (name: keyof T) => ColumnBounds): Check<ColumnsIn<T>> {
  return (value, at) => {
    const parts = partsOf(value, at);
    const columns = Object.entries(like).flatMap(([name, empty]: [string, unknown]) => {
      return ArrayBuffer.isView(empty)
        ? [{ name, empty: empty as NumberColumn, bounds: boundsOf(name as keyof T) }]
        : [];
    });
    const [had, lacked] = [true, false].map((isThere) =>
      columns
        .filter(({ name }) => (parts[name] !== undefined) === isThere)
        .reduce((sum, { empty, bounds }) => sum + bounds.length * empty.BYTES_PER_ELEMENT, 0),
    );
    // A length alone would make columns of whatever size.
    if (lacked > had) refuse(at, 'a table that has most of its columns');
    const read = columns.map(({ name, empty, bounds }) => [name, column(empty, bounds)(parts[name], `${at}.${name}`)]);
    return Object.fromEntries(read) as ColumnsIn<T>;
  };
}

/** The properties of a type that are columns. */
type ColumnsIn<T> = { [Name in keyof T as T[Name] extends NumberColumn ? Name : never]: T[Name] };

/** A column of whole numbers from 0 and below `end`; without an end of whatever numbers its type can hold. */
function column(like: NumberColumn, { length, end }: ColumnBounds): Check<NumberColumn> {
  return (value, at) => {
    if (value === undefined) return new (like.constructor as new (length: number) => NumberColumn)(length);
    const found = value as NumberColumn;
    if (!narrower(like).some((Made) => found instanceof Made)) refuse(at, 'a column of its type');
    if (found.length !== length) refuse(at, `a column of ${length} values`);
    // What is no number is not below anything.
    if (end !== undefined) for (const own of found) if (!(own >= 0 && own < end)) refuse(at, 'in its range');
    return found;
  };
}

/** Types that a column may have where it could have that of `like`: small numbers are kept in narrow columns. */
function narrower(like: NumberColumn): Function[] {
  if (like instanceof Float64Array) return [Float64Array, Uint32Array];
  if (like instanceof Uint32Array) return [Uint32Array, Uint16Array];
  return [like.constructor];
}
