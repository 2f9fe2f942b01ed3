import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../../src/filter/fields.ts';
import { isFieldName, readFilter } from '../../src/filter/filter.ts';
import { completions } from '../../src/filter/completions.ts';
import { parse } from '../../src/filter/parse.ts';
import { printed } from '../../src/filter/print.ts';
import { type Expression, OPERATORS, type Range, type Value } from '../../src/filter/syntax.ts';

/** Words that stand for themselves without quotes. */
const word = fc
  .stringMatching(/^[a-z0-9_/*-]([a-z0-9._/*-]{0,8}[a-z0-9_/*-])?$/)
  .filter((text) => !/^(and|or|not|in|contains|matches|eq|ne|gt|lt|ge|le)$/.test(text) && !text.includes('..'));
const value: fc.Arbitrary<Value> = fc.oneof(
  word.map((text) => ({ text, quoted: false, start: 0, end: 0 })),
  fc.string({ unit: 'grapheme' }).map((text) => ({ text, quoted: true, start: 0, end: 0 })),
);
const range: fc.Arbitrary<Range> = fc.record({
  from: value,
  to: value,
  start: fc.constant(0),
  end: fc.constant(0),
});
const valueOrRange = fc.oneof(value, range);
const field = fc.constantFrom(...FIELD_NAMES, 'ip.addr', 'tcp.port').map((text) => ({ text, start: 0, end: 0 }));

const { expression } = fc.letrec<{ expression: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      field,
      operator: fc.constantFrom(...OPERATORS),
      value: valueOrRange,
    }),
    fc.record({
      kind: fc.constant('in' as const),
      field,
      values: fc.array(valueOrRange, { minLength: 1, maxLength: 4 }),
    }),
    value
      .filter(({ text, quoted }) => quoted || !isFieldName(text))
      .map((text) => ({ kind: 'word' as const, word: text })),
    fc.record({ kind: fc.constant('sort' as const), field, descending: fc.boolean() }),
  ),
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('expression') }),
  ),
}));

/** An expression without its places. */
function withoutPlaces(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutPlaces);
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).filter(([key]) => key !== 'start' && key !== 'end');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutPlaces(inner)]));
}

describe('a filter', () => {
  it('that is printed reads as the same expression', () => {
    fc.assert(
      fc.property(expression, (given) => {
        fc.pre(printed(given).length <= 4096);
        expect(withoutPlaces(parse(printed(given), isFieldName))).toEqual(withoutPlaces(given));
      }),
    );
  });

  it('of any text is read, or refused at a place inside it; completing it never fails', () => {
    const signs = fc.constantFrom(
      '(',
      ')',
      '{',
      '}',
      ',',
      '"',
      "'",
      '\\',
      '..',
      '==',
      '!',
      '~',
      '&&',
      'port',
      'in',
      'src:',
      ' ',
      'not',
    );
    const text = fc
      .array(fc.oneof(signs, fc.string({ maxLength: 4 })), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(40), (given, place) => {
        const cursor = Math.min(place, given.length);
        const { start, end } = completions(given, cursor, null);
        expect(start).toBeLessThanOrEqual(end);
        const read = readFilter(given);
        if ('filter' in read) {
          expect(readFilter(read.filter.text)).toHaveProperty('filter.text', read.filter.text);
          return;
        }
        expect(read.error.start).toBeGreaterThanOrEqual(0);
        expect(read.error.end).toBeLessThanOrEqual(given.length);
        expect(read.error.start).toBeLessThanOrEqual(read.error.end);
        expect(read.error.hint).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
