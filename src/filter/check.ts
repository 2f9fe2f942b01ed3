import { protocolNumber } from '../analysis/net/protocol-names.ts';
import { networkOf, ofVersion, remembered } from './addresses.ts';
import { endTest, numberTest, Patterns, textTest, type Zone } from './comparisons.ts';
import type { Condition } from './conditions.ts';
import { type Field, fieldOf, FIELDS, type FieldKind } from './fields.ts';
import { nearestName } from './nearest.ts';
import { severityTest } from './severity.ts';
import {
  type Expression,
  FilterFault,
  type FieldName,
  isRange,
  type Operator,
  type Range,
  type Value,
} from './syntax.ts';
import { type DisplayField, displayField, displayProtocol, FRAME_TIME, insteadOf } from './wireshark.ts';
import { wordTest } from './words.ts';

/** An order of rows that a filter asks for. */
export interface AskedOrder {
  field: Field;
  descending: boolean;
}

/**
 * Finds what an expression asks of rows, and the order it asks for last. Throws a `FilterFault` for what means nothing.
 */
export function check(expression: Expression, zone: Zone): { condition: Condition; order: AskedOrder | null } {
  const checker = new Checker(zone);
  return { condition: checker.condition(expression), order: checker.order };
}

class Checker {
  order: AskedOrder | null = null;
  private readonly zone: Zone;
  private readonly patterns = new Patterns();

  constructor(zone: Zone) {
    this.zone = zone;
  }

  condition(expression: Expression): Condition {
    switch (expression.kind) {
      case 'and':
        return { kind: 'all', parts: expression.parts.map((part) => this.condition(part)) };
      case 'or':
        return { kind: 'any', parts: expression.parts.map((part) => this.condition(part)) };
      case 'not':
        return { kind: 'not', part: this.condition(expression.part) };
      case 'word':
        return wordCondition(expression.word);
      case 'sort':
        this.order = { field: this.sortField(expression.field), descending: expression.descending };
        return { kind: 'all', parts: [] };
      case 'compare':
        return this.comparison(expression.field, [expression.value], expression.operator);
      case 'in':
        return this.comparison(expression.field, expression.values, '==');
    }
  }

  private sortField(name: FieldName): Field {
    const field = fieldOf(name.text) ?? displayField(name.text)?.field;
    if (field === undefined) throw unknownField(name);
    return field === 'severity' ? 'rita' : field;
  }

  /** Whether any of the values is met; for `!=`, that it is not. */
  private comparison(name: FieldName, values: readonly (Value | Range)[], operator: Operator): Condition {
    if (operator === '!=') return opposite(this.comparison(name, values, '=='));
    const key = name.text.toLowerCase();
    if (FRAME_TIME.has(key)) return anyOf(values.map((value) => this.moment(value, operator)));
    const display = displayField(key);
    const field = fieldOf(key) ?? display?.field;
    if (field === undefined) throw unknownField(name);
    const kind = display?.kind ?? FIELDS[field].kind;
    const tests = anyValue(values.map((value) => this.valueTest(field, kind, name.text, operator, value)));
    return display === null ? tests : { kind: 'all', parts: [...rowsOf(display), tests] };
  }

  private valueTest(field: Field, kind: FieldKind, name: string, operator: Operator, value: Value | Range): Condition {
    switch (kind) {
      case 'end':
        return { kind: 'text', field, test: endTest(name, operator, value, true, this.patterns) };
      case 'address':
        return { kind: 'text', field, test: endTest(name, operator, value, false, this.patterns) };
      case 'text':
        if (field === 'severity')
          return { kind: 'number', field: 'rita', said: field, test: severityTest(operator, value) };
        return { kind: 'text', field, test: textTest(name, operator, value, this.patterns) };
      case 'flag':
        return { kind: 'number', field, test: flagTest(name, operator, value) };
      case 'protocol':
        return { kind: 'number', field, test: numberTest({ kind, name }, operator, protocolValue(value), this.zone) };
      default:
        return { kind: 'number', field, test: numberTest({ kind, name }, operator, value, this.zone) };
    }
  }

  /** Rows that were seen at any such moment. */
  private moment(value: Value | Range, operator: Operator): Condition {
    const test = (field: 'first' | 'last', bound: Operator, at: Value): Condition => ({
      kind: 'number',
      field,
      test: numberTest({ kind: 'time', name: 'frame.time' }, bound, at, this.zone),
    });
    if (isRange(value)) return { kind: 'all', parts: [test('last', '>=', value.from), test('first', '<=', value.to)] };
    if (operator === '==') return { kind: 'all', parts: [test('last', '>=', value), test('first', '<=', value)] };
    return test(operator.startsWith('>') ? 'last' : 'first', operator, value);
  }
}

function wordCondition(word: Value): Condition {
  const { text, quoted } = word;
  if (quoted) return { kind: 'word', test: wordTest(text, true) };
  const protocol = displayProtocol(text);
  if (protocol !== null) return { kind: 'all', parts: rowsOf(protocol) };
  const field = fieldOf(text);
  if (field !== null && FIELDS[field].alone === true) return present({ field });
  const display = displayField(text);
  if (display !== null) return { kind: 'all', parts: [...rowsOf(display), present(display)] };
  const instead = insteadOf(text);
  if (instead !== null) throw new FilterFault(word, `"${text}" says nothing of connections`, instead);
  if (/^[\d.]+\/\d+$/.test(text) && networkOf(text) === null) {
    throw new FilterFault(word, `"${text}" is not a network`, 'write one as 10.0.0.0/8');
  }
  return { kind: 'word', test: wordTest(text, false) };
}

/** That a row has a value of a field. */
function present({ field, kind = FIELDS[field].kind }: DisplayField): Condition {
  const isText = kind === 'text' || kind === 'end' || kind === 'address';
  if (isText) return { kind: 'text', field, test: (text) => text !== '' };
  return { kind: 'number', field, test: (value) => !Number.isNaN(value) };
}

/** The rows that a display filter's field or protocol is of. */
function rowsOf({ version, protocol, applications }: Omit<DisplayField, 'field'>): Condition[] {
  const parts: Condition[] = [];
  if (version !== undefined) parts.push({ kind: 'text', field: 'addr', test: ofVersion(version) });
  if (protocol !== undefined) parts.push({ kind: 'number', field: 'proto', test: (value) => value === protocol });
  if (applications !== undefined)
    parts.push({ kind: 'text', field: 'app', test: (text) => applications.includes(text) });
  return parts;
}

/** What is not met, among the rows that a display filter is of. */
function opposite(condition: Condition): Condition {
  if (condition.kind !== 'all' || condition.parts.length < 2) return { kind: 'not', part: condition };
  const test = condition.parts[condition.parts.length - 1];
  return { kind: 'all', parts: [...condition.parts.slice(0, -1), { kind: 'not', part: test }] };
}

function anyOf(parts: Condition[]): Condition {
  return parts.length === 1 ? parts[0] : { kind: 'any', parts };
}

/** That a field has any of some values; a text of it is compared with all of them once. */
function anyValue(parts: Condition[]): Condition {
  const tests = parts.flatMap((part) => (part.kind === 'text' ? [part.test] : []));
  const [first] = parts;
  if (first.kind !== 'text' || tests.length < parts.length) return anyOf(parts);
  return { ...first, test: remembered((text) => tests.some((test) => test(text))) };
}

/** A protocol by its name is one by its number. */
function protocolValue(value: Value | Range): Value | Range {
  if (isRange(value)) return value;
  const number = protocolNumber(value.text.toLowerCase());
  return number === null ? value : { ...value, text: String(number) };
}

function flagTest(name: string, operator: Operator, value: Value | Range): (value: number) => boolean {
  const word = isRange(value) ? '' : value.text.toLowerCase();
  const asked = /^(true|yes|1)$/.test(word) ? 1 : /^(false|no|0)$/.test(word) ? 0 : null;
  if (asked === null || operator !== '==') {
    throw new FilterFault(value, `${name} is either true or false`, `write ${name} == true`);
  }
  return (flag) => flag === asked;
}

function unknownField(name: FieldName): FilterFault {
  const instead = insteadOf(name.text);
  if (instead !== null) return new FilterFault(name, `"${name.text}" says nothing of connections`, instead);
  const near = nearestName(name.text);
  const hint = near === null ? 'put it in quotes to search for it' : `did you mean ${near}? Quotes search for the text`;
  return new FilterFault(name, `there is no field "${name.text}"`, hint);
}
