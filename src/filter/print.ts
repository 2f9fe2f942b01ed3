import { type Expression, isRange, type Range, type Value } from './syntax.ts';

/** Words that mean something else when they stand for themselves. */
const RESERVED = /^(and|or|not|in|contains|matches|eq|ne|gt|lt|ge|le)$/i;
/** What a text may consist of that needs no quotes wherever it stands. */
const PLAIN = /^(?!['~!:])(?:(?!\.\.|!=|&&|\|\|)[^\s(){},"'=<>:])+$/;

/** The text of an expression: reading it gives the expression again, in one way of writing. */
export function printed(expression: Expression): string {
  switch (expression.kind) {
    case 'and':
      return expression.parts.map((part) => within(part, part.kind === 'and' || part.kind === 'or')).join(' and ');
    case 'or':
      return expression.parts.map((part) => within(part, part.kind === 'or')).join(' or ');
    case 'not':
      return `not ${within(expression.part, expression.part.kind === 'and' || expression.part.kind === 'or')}`;
    case 'compare':
      return `${expression.field.text} ${expression.operator} ${valueText(expression.value)}`;
    case 'in':
      return `${expression.field.text} in {${expression.values.map(valueText).join(', ')}}`;
    case 'word':
      return valueText(expression.word);
    case 'sort':
      return `sort:${expression.field.text}-${expression.descending ? 'desc' : 'asc'}`;
  }
}

/** A text as a value of a filter: in quotes where it would be read as something else. */
export function quotedIfNeeded(text: string): string {
  return PLAIN.test(text) && !RESERVED.test(text) ? text : inQuotes(text);
}

function within(part: Expression, brackets: boolean): string {
  return brackets ? `(${printed(part)})` : printed(part);
}

function valueText(value: Value | Range): string {
  if (isRange(value)) return `${valueText(value.from)}..${valueText(value.to)}`;
  return value.quoted ? inQuotes(value.text) : value.text;
}

function inQuotes(text: string): string {
  return `"${text.replaceAll(/["\\]/g, (sign) => `\\${sign}`)}"`;
}
