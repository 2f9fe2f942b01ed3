/** Values of JSON that are read of one file: each takes up to a hundred bytes of memory, and two bytes of the file. */
export const MOST_VALUES = 4_000_000;
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

/** What one object of an exchange format holds for a list: its values, or none when it is about something else. */
export interface Values {
  values: string[];
  note: string;
}

/** A field of a value that may be anything, as an object's field; undefined where there is none. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The first of some values that is a text, else ''. */
export function textOf(...values: unknown[]): string {
  return values.find((value): value is string => typeof value === 'string') ?? '';
}

/** Whether a text of JSON may hold more values than are read: each but the first stands behind one of these marks. */
export function hasTooManyValues(text: string): boolean {
  if (text.length <= MOST_VALUES) return false;
  let marks = 0;
  for (let at = 0; at < text.length && marks <= MOST_VALUES; at++) {
    const mark = text.charCodeAt(at);
    if (mark === COMMA || mark === BRACKET || mark === BRACE) marks++;
  }
  return marks > MOST_VALUES;
}
