/** A place in the text of a filter: from its first character to the one behind its last. */
export interface Span {
  start: number;
  end: number;
}

/** Why a filter cannot be read: where, what is wrong, and what to do about it. */
export interface FilterError extends Span {
  message: string;
  hint: string;
}

/** What is thrown on the way to a `FilterError`; it never leaves this folder. */
export class FilterFault extends Error {
  override readonly name = 'FilterFault';
  readonly error: FilterError;

  constructor({ start, end }: Span, message: string, hint: string) {
    super(message);
    this.error = { start, end, message, hint };
  }
}

export const OPERATORS = ['==', '!=', '<=', '>=', '<', '>', 'contains', 'matches'] as const;
export type Operator = (typeof OPERATORS)[number];

/** A value as it was written; what it means its field says. */
export interface Value extends Span {
  text: string;
  quoted: boolean;
}

/** `a..b`, both ends included. */
export interface Range extends Span {
  from: Value;
  to: Value;
}

/** The name of a field as it was written. */
export interface FieldName extends Span {
  text: string;
}

/** What a filter says, before anything is known of its fields. */
export type Expression =
  | { kind: 'and' | 'or'; parts: Expression[] }
  | { kind: 'not'; part: Expression }
  | { kind: 'compare'; field: FieldName; operator: Operator; value: Value | Range }
  | { kind: 'in'; field: FieldName; values: (Value | Range)[] }
  /** A bare word or a quoted text: it is searched for. */
  | { kind: 'word'; word: Value }
  /** `sort:duration-desc`: every row is let through, in another order. */
  | { kind: 'sort'; field: FieldName; descending: boolean };

export function isRange(value: Value | Range): value is Range {
  return 'from' in value;
}
