import { type Expression, FilterFault, type Operator, type Range, type Span, type Value } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Brackets and negations inside each other: deeper filters are no filters that a person wrote. */
const DEEPEST = 64;
const WORD_OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['contains', 'contains'],
  ['matches', 'matches'],
  ['eq', '=='],
  ['ne', '!='],
  ['gt', '>'],
  ['lt', '<'],
  ['ge', '>='],
  ['le', '<='],
]);
const SORT = 'sort';

/** What the parser has to know of fields: whether there is one of a name. */
export type IsField = (name: string) => boolean;

/** Whether a name in front of a colon is one of a field, or asks for an order. */
export function hasColonForm(isField: IsField): IsField {
  return (name) => name.toLowerCase() === SORT || isField(name);
}

/**
 * Reads a filter; null for one that says nothing. Words that follow each other must all be met, `and` binds closer than
 * `or`, and `not` closest. Throws a `FilterFault`.
 */
export function parse(text: string, isField: IsField): Expression | null {
  const parser = new Parser(tokensOf(text, hasColonForm(isField)), isField, text.length);
  return parser.whole();
}

/** What a word says as an operator, null for nothing: `contains`, `eq`. */
export function wordOperator(token: Token): Operator | null {
  return token.kind === 'word' && !token.quoted ? (WORD_OPERATORS.get(token.text.toLowerCase()) ?? null) : null;
}

/** `and`, `or`, `not` and `in` written as words. */
export function keywordOf(token: Token): 'and' | 'or' | 'not' | 'in' | null {
  if (token.kind === 'and' || token.kind === 'or' || token.kind === 'not') return token.kind;
  if (token.kind !== 'word' || token.quoted) return null;
  const word = token.text.toLowerCase();
  return word === 'and' || word === 'or' || word === 'not' || word === 'in' ? word : null;
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly isField: IsField;
  private readonly end: Span;
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], isField: IsField, length: number) {
    this.tokens = tokens;
    this.isField = isField;
    this.end = { start: length, end: length };
  }

  whole(): Expression | null {
    if (this.tokens.length === 0) return null;
    const expression = this.alternatives();
    const rest = this.peek();
    if (rest === undefined) return expression;
    throw new FilterFault(rest, `nothing opens this ${quotedSign(rest)}`, 'take it away, or open it before');
  }

  private alternatives(): Expression {
    const parts = [this.conjunction()];
    while (this.takeKeyword('or')) parts.push(this.conjunction());
    return joined('or', parts);
  }

  private conjunction(): Expression {
    const parts = [this.negation()];
    for (;;) {
      const explicit = this.takeKeyword('and');
      const next = this.peek();
      if (!explicit && (next === undefined || next.kind === ')' || keywordOf(next) === 'or')) break;
      parts.push(this.negation());
    }
    return joined('and', parts);
  }

  private negation(): Expression {
    const token = this.peek();
    if (token === undefined || keywordOf(token) !== 'not') return this.condition();
    this.enter(token);
    this.at++;
    const part = this.negation();
    this.depth--;
    return { kind: 'not', part };
  }

  private condition(): Expression {
    const token = this.next('a condition is missing', 'write what to look for, or a field with its value');
    if (token.kind === '(') return this.bracket(token);
    if (token.kind === 'field') return this.colonForm(token);
    const keyword = keywordOf(token);
    if (token.kind !== 'word' || keyword === 'and' || keyword === 'or') {
      const hint = 'write a condition in front of it, or put it in quotes to search for it';
      throw new FilterFault(token, `${quotedSign(token)} has nothing to stand on`, hint);
    }
    if (token.quoted) return { kind: 'word', word: value(token) };
    return this.comparison(token) ?? { kind: 'word', word: value(token) };
  }

  private bracket(open: Token): Expression {
    this.enter(open);
    const expression = this.alternatives();
    const close = this.peek();
    if (close?.kind !== ')') {
      throw new FilterFault(open, 'this bracket is not closed', 'put ) where its conditions end');
    }
    this.at++;
    this.depth--;
    return expression;
  }

  /** What follows a name: an operator and a value, or a set; null where the name is a word by itself. */
  private comparison(name: Token & { kind: 'word' }): Expression | null {
    const token = this.peek();
    if (token === undefined) return null;
    const field = { text: name.text, start: name.start, end: name.end };
    if (token.kind === '..') {
      throw new FilterFault(token, 'a range needs a field', 'write for example: port in 1..1024');
    }
    const operator = token.kind === 'operator' ? token.operator : wordOperator(token);
    const spelled = token.kind === 'word';
    if (operator !== null) {
      // "eq" and its like are words that people look for, too: they count behind a field alone.
      if (spelled && operator !== 'contains' && operator !== 'matches' && !this.isField(name.text)) return null;
      this.at++;
      return { kind: 'compare', field, operator, value: this.value(token) };
    }
    if (keywordOf(token) !== 'in') return null;
    if (!this.isField(name.text) && this.tokens[this.at + 1]?.kind !== '{') return null;
    this.at++;
    return { kind: 'in', field, values: this.set(token) };
  }

  /** `dst:10.0.0.1`, `beacon:>=90`, `sort:duration-desc`. */
  private colonForm(token: Token & { kind: 'field' }): Expression {
    const field = { text: token.text, start: token.start, end: token.end };
    const next = this.peek();
    if (token.text.toLowerCase() === SORT) return this.order();
    if (next?.kind === 'operator') this.at++;
    const operator = next?.kind === 'operator' ? next.operator : '==';
    return { kind: 'compare', field, operator, value: this.value(token) };
  }

  private order(): Expression {
    const word = this.next('a field to sort by is missing', 'write for example sort:duration-desc');
    const parts = word.kind === 'word' ? /^(.+?)(?:-(asc|desc))?$/i.exec(word.text) : null;
    if (word.kind !== 'word' || parts === null) {
      throw new FilterFault(word, 'this is nothing to sort by', 'write for example sort:duration-desc');
    }
    const field = { text: parts[1], start: word.start, end: word.start + parts[1].length };
    if (!this.isField(field.text)) {
      throw new FilterFault(word, `there is no field "${field.text}"`, `write a field and -asc or -desc behind sort:`);
    }
    return { kind: 'sort', field, descending: parts[2]?.toLowerCase() !== 'asc' };
  }

  private set(operator: Token): (Value | Range)[] {
    const open = this.peek();
    if (open?.kind !== '{' && open?.kind !== '(') return [this.value(operator)];
    const close = open.kind === '{' ? '}' : ')';
    this.at++;
    const values: (Value | Range)[] = [];
    for (;;) {
      const token = this.peek();
      if (token === undefined)
        throw new FilterFault(open, 'this set is not closed', `put ${close} behind its last value`);
      if (token.kind === close) {
        this.at++;
        if (values.length > 0) return values;
        throw new FilterFault(
          { start: open.start, end: token.end },
          'the set is empty',
          'write values between { and }',
        );
      }
      if (token.kind === ',') this.at++;
      else values.push(this.value(open));
    }
  }

  private value(before: Token): Value | Range {
    const from = this.single(before);
    if (this.peek()?.kind !== '..') return from;
    this.at++;
    const to = this.single(before);
    return { from, to, start: from.start, end: to.end };
  }

  private single(before: Token): Value {
    const token = this.peek();
    if (token?.kind === 'word') {
      this.at++;
      return value(token);
    }
    const place = token ?? { start: before.start, end: this.end.end };
    throw new FilterFault(place, 'a value is missing', 'write a value; one with blanks or brackets goes in quotes');
  }

  private enter(token: Span): void {
    if (++this.depth <= DEEPEST) return;
    throw new FilterFault(token, `more than ${DEEPEST} brackets are inside each other`, 'take some of them away');
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private next(message: string, hint: string): Token {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new FilterFault(this.end, message, hint);
    return token;
  }

  private takeKeyword(keyword: 'and' | 'or'): boolean {
    const token = this.peek();
    if (token === undefined || keywordOf(token) !== keyword) return false;
    this.at++;
    return true;
  }
}

function joined(kind: 'and' | 'or', parts: Expression[]): Expression {
  if (parts.length === 1) return parts[0];
  return { kind, parts };
}

function value({ text, quoted, start, end }: Token & { kind: 'word' }): Value {
  return { text, quoted, start, end };
}

function quotedSign(token: Token): string {
  switch (token.kind) {
    case 'word':
    case 'field':
      return `"${token.text}"`;
    case 'operator':
      return `"${token.operator}"`;
    default:
      return `"${token.kind}"`;
  }
}
