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
