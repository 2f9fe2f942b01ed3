import { PROTOCOL_NAMES } from '../analysis/net/protocol-names.ts';
import { FIELD_NAMES, fieldOf, FIELDS, type FieldKind } from './fields.ts';
import { isFieldName } from './filter.ts';
import type { FilteredList } from './list.ts';
import { hasColonForm, keywordOf, wordOperator } from './parse.ts';
import { quotedIfNeeded } from './print.ts';
import { FilterFault, type Operator } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';
import { EXAMPLES } from './values.ts';
import { displayField, displayNames, protocolWords } from './wireshark.ts';

/** What may stand at the cursor: the text to put there, and what it means. */
export interface Completion {
  text: string;
  meaning: string;
}

/** Candidates for what is being typed, and the part of the text that the chosen one takes the place of. */
export interface Completions {
  start: number;
  end: number;
  candidates: Completion[];
  /** What a value looks like, where it can be any; null where it is one of the candidates. */
  hint: string | null;
}

type Expected = { what: 'condition' | 'next' } | { what: 'operator' | 'value' | 'set'; field: string };

const MOST_CANDIDATES = 40;
/** Rows that are looked at for values of a field. */
const MOST_ROWS = 20_000;
const NONE: Completion[] = [];

const OPERATOR_MEANINGS: Readonly<Record<Operator | 'in', string>> = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
  contains: 'has the text somewhere in it',
  matches: 'meets a regular expression',
  in: 'is any of a set or in a range: {80, 443}, 1..1024',
};
const TEXT_OPERATORS = ['==', '!=', 'contains', 'matches', 'in'] as const;
const NUMBER_OPERATORS = ['==', '!=', '<', '<=', '>', '>=', 'in'] as const;

/**
 * What may be written at a place of a filter that is being typed.
 *
 * @param list whose fields come first, and whose rows give values
 */
export function completions(text: string, cursor: number, list: FilteredList | null): Completions {
  const tokens = typedTokens(text.slice(0, cursor));
  const last = tokens.at(-1);
  const typing = last?.kind === 'word' && last.end === cursor && !isClosed(last, text) ? last : null;
  const typed = typing?.text.toLowerCase() ?? '';
  const expected = expectedAfter(typing === null ? tokens : tokens.slice(0, -1));
  const offered = typing?.quoted === true && !('field' in expected) ? NONE : candidatesFor(expected, list);
  const fitting = offered.filter(({ text: candidate }) => startsAnywhere(candidate.toLowerCase(), typed));
  const begins = fitting.filter((one) => one.text.toLowerCase().startsWith(typed));
  return {
    start: typing?.start ?? cursor,
    end: cursor,
    candidates: [...new Set([...begins, ...fitting])].slice(0, MOST_CANDIDATES),
    hint: 'field' in expected && expected.what !== 'operator' ? hintOf(expected.field) : null,
  };
}

function hintOf(name: string): string | null {
  return isFieldName(name) ? (EXAMPLES[kindOf(name)] ?? null) : null;
}

/** Whether a text in quotes has its closing one: nothing of it is being typed any more. */
function isClosed({ quoted, start, end }: Token & { kind: 'word' }, text: string): boolean {
  return quoted && end - start > 1 && text[end - 1] === text[start];
}

function typedTokens(text: string): Token[] {
  try {
    return tokensOf(text, hasColonForm(isFieldName), true);
  } catch (fault) {
    if (fault instanceof FilterFault) return [];
    throw fault;
  }
}

/** Whether a candidate, or a part of it behind a dot or another sign, begins with what was typed. */
function startsAnywhere(candidate: string, typed: string): boolean {
  if (typed === '') return true;
  for (let at = candidate.indexOf(typed); at >= 0; at = candidate.indexOf(typed, at + 1)) {
    if (at === 0 || !/[a-z\d]/.test(candidate[at - 1])) return true;
  }
  return false;
}

/** What the tokens so far ask to come next. */
function expectedAfter(tokens: readonly Token[]): Expected {
  let expected: Expected = { what: 'condition' };
  let field = '';
  for (const token of tokens) {
    const keyword = keywordOf(token);
    if (token.kind === 'field') {
      field = token.text;
      expected = { what: 'value', field };
    } else if (token.kind === 'operator' || (expected.what === 'operator' && wordOperator(token) !== null)) {
      expected = { what: 'value', field };
    } else if (expected.what === 'operator' && keyword === 'in') {
      expected = { what: 'value', field };
    } else if (token.kind === '{' || token.kind === ',') {
      expected = { what: 'set', field };
    } else if (token.kind === '..') {
      expected = { what: 'value', field };
    } else if (token.kind === ')' || token.kind === '}') {
      expected = { what: 'next' };
    } else if (token.kind !== 'word' || (keyword !== null && keyword !== 'in')) {
      expected = { what: 'condition' };
    } else if (expected.what === 'condition' || expected.what === 'next' || expected.what === 'operator') {
      field = token.text;
      expected = !token.quoted && isFieldName(field) ? { what: 'operator', field } : { what: 'next' };
    } else {
      expected = expected.what === 'set' ? expected : { what: 'next' };
    }
  }
  return expected;
}

function candidatesFor(expected: Expected, list: FilteredList | null): Completion[] {
  switch (expected.what) {
    case 'condition':
      return [...fieldCandidates(list), ...wordCandidates()];
    case 'operator':
      return operatorsOf(expected.field);
    case 'next':
      return [
        { text: 'and', meaning: 'both must be met' },
        { text: 'or', meaning: 'either must be met' },
        ...fieldCandidates(list),
      ];
    default:
      return valuesOf(expected.field, list);
  }
}

/** The operators that go with a field. */
function operatorsOf(name: string): Completion[] {
  const kind = kindOf(name);
  const isText = kind === 'text' || kind === 'end' || kind === 'address';
  const operators = kind === 'flag' ? (['=='] as const) : isText ? TEXT_OPERATORS : NUMBER_OPERATORS;
  return operators.map((operator) => ({ text: operator, meaning: OPERATOR_MEANINGS[operator] }));
}

function kindOf(name: string): FieldKind {
  const display = displayField(name);
  const field = fieldOf(name) ?? display?.field;
  return field === undefined ? 'time' : (display?.kind ?? FIELDS[field].kind);
}

function fieldCandidates(list: FilteredList | null): Completion[] {
  return FIELD_NAMES.filter((field) => list === null || list.fields[field] !== undefined).map((field) => {
    return { text: field, meaning: FIELDS[field].meaning };
  });
}

function wordCandidates(): Completion[] {
  return [
    { text: 'not', meaning: 'what follows must not be met' },
    ...protocolWords().map((text) => ({ text, meaning: `only ${text}` })),
    ...displayNames().map((text) => {
      const field = displayField(text)?.field;
      return { text, meaning: field === undefined ? 'seen at a time' : FIELDS[field].meaning };
    }),
  ];
}

/** Values that a field has in the list, and those that it can have at all. */
function valuesOf(name: string, list: FilteredList | null): Completion[] {
  const field = fieldOf(name) ?? displayField(name)?.field;
  const kind = kindOf(name);
  if (kind === 'flag') return ['true', 'false'].map((text) => ({ text, meaning: '' }));
  if (kind === 'protocol') return PROTOCOL_NAMES.map((text) => ({ text, meaning: 'IP protocol' }));
  const reader = field === undefined ? undefined : list?.fields[field];
  const counted = new Map<string, number>();
  if (reader?.of === 'texts' && list !== null) {
    for (let row = 0; row < Math.min(list.length, MOST_ROWS); row++) {
      for (const text of reader.value(row)) counted.set(text, (counted.get(text) ?? 0) + 1);
    }
  }
  counted.delete('');
  const seen = [...counted]
    .sort(([, a], [, b]) => b - a)
    .map(([text, count]) => ({
      text: quotedIfNeeded(text),
      meaning: `${count} ${count === 1 ? 'row' : 'rows'}`,
    }));
  if (seen.length > 0) return seen;
  const choices = field === undefined ? [] : (FIELDS[field].choices ?? []);
  return choices.map((text) => ({ text: quotedIfNeeded(text), meaning: '' }));
}
