import type { Field } from './fields.ts';
import type { FilteredList } from './list.ts';
import type { WordTest } from './words.ts';

/** What a filter asks of a row, whatever list the row is of. */
export type Condition =
  | { kind: 'all' | 'any'; parts: readonly Condition[] }
  | { kind: 'not'; part: Condition }
  /** `said` is the field by the name that was written, where that is another one. */
  | { kind: 'number'; field: Field; said?: Field; test: (value: number) => boolean }
  /** Met by any of the row's texts; a row that has none has the empty one. */
  | { kind: 'text'; field: Field; test: (text: string) => boolean }
  | { kind: 'word'; test: WordTest };

export const ALWAYS: Condition = { kind: 'all', parts: [] };

const NO_TEXT = [''] as const;

/**
 * A test of the rows of one list, and the fields asked for that the list does not have: conditions on them are never
 * met.
 */
export function testOf(condition: Condition, list: FilteredList): { test: (row: number) => boolean; lacks: Field[] } {
  const lacks = new Set<Field>();
  const test = compiled(condition, list, lacks);
  return { test, lacks: [...lacks] };
}

function compiled(condition: Condition, list: FilteredList, lacks: Set<Field>): (row: number) => boolean {
  switch (condition.kind) {
    case 'all': {
      const tests = condition.parts.map((part) => compiled(part, list, lacks));
      return tests.length === 1 ? tests[0] : (row) => tests.every((test) => test(row));
    }
    case 'any': {
      const tests = condition.parts.map((part) => compiled(part, list, lacks));
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = compiled(condition.part, list, lacks);
      return (row) => !test(row);
    }
    case 'word':
      return condition.test(list);
    case 'number': {
      const reader = list.fields[condition.field];
      if (reader?.of !== 'number') return lacking(condition.said ?? condition.field, lacks);
      return (row) => condition.test(reader.value(row));
    }
    case 'text': {
      const reader = list.fields[condition.field];
      if (reader?.of !== 'texts') return lacking(condition.field, lacks);
      return (row) => {
        const texts = reader.value(row);
        return (texts.length === 0 ? NO_TEXT : texts).some(condition.test);
      };
    }
  }
}

function lacking(field: Field, lacks: Set<Field>): () => boolean {
  lacks.add(field);
  return () => false;
}
