import { RE2JS, RE2JSException } from 're2js';
import { parseAddress } from '../analysis/net/address.ts';
import { addressOf, betweenAddresses, compareAddresses, inNetwork, networkOf } from './addresses.ts';
import type { FieldKind } from './fields.ts';
import { FilterFault, isRange, type Operator, type Range, type Value } from './syntax.ts';
import { DAY_MS, EXAMPLES, type Quantity, quantityOf } from './values.ts';

/** How times without a zone are read. */
export interface Zone {
  /** Minutes that the zone is ahead of UTC at a moment (milliseconds since 1970). */
  offsetMinutes: (ms: number) => number;
}

export const UTC: Zone = { offsetMinutes: () => 0 };

const LONGEST_PATTERN = 500;
/** Steps that all patterns of a filter may take for one character: "(.{0,900}){9}" would take thousands. */
const MOST_STEPS = 1000;

/** The test of a number by an operator other than `!=`, which is the opposite of `==`. */
export function numberTest(
  field: { kind: FieldKind; name: string },
  operator: Operator,
  value: Value | Range,
  zone: Zone,
): (value: number) => boolean {
  if (operator === 'contains' || operator === 'matches') {
    throw new FilterFault(value, `${field.name} is not a text: ${operator} does not go with it`, 'use ==, <, > or in');
  }
  if (isRange(value)) {
    if (operator !== '==') throw new FilterFault(value, 'a range goes with == and in alone', 'give one value');
    return rangeTest(quantity(field, value.from, zone), quantity(field, value.to, zone), value, zone);
  }
  const asked = quantity(field, value, zone);
  const test = comparison(asked, operator);
  return asked.clock ? (ms) => test(clockOf(ms, zone)) : test;
}

function comparison({ from, to }: Quantity, operator: Operator): (value: number) => boolean {
  switch (operator) {
    case '<':
      return (value) => value < from;
    case '<=':
      return to > from ? (value) => value < to : (value) => value <= from;
    case '>':
      return to > from ? (value) => value >= to : (value) => value > from;
    case '>=':
      return (value) => value >= from;
    default:
      return to > from ? (value) => value >= from && value < to : (value) => value === from;
  }
}

/** Both ends included; a range of clock times may go over midnight. */
function rangeTest(from: Quantity, to: Quantity, place: Range, zone: Zone): (value: number) => boolean {
  if (from.clock !== to.clock) {
    throw new FilterFault(place, 'one end of the range is a time of day, the other a date', 'write both alike');
  }
  const above = comparison(from, '>=');
  const below = comparison(to, '<=');
  if (from.clock) {
    const overMidnight = from.from > to.from;
    return (ms) => {
      const clock = clockOf(ms, zone);
      return overMidnight ? above(clock) || below(clock) : above(clock) && below(clock);
    };
  }
  if (to.from < from.from) throw new FilterFault(place, 'the range ends before it begins', 'write the lower end first');
  return (value) => above(value) && below(value);
}

/** Milliseconds after midnight. */
function clockOf(ms: number, zone: Zone): number {
  const local = ms + 60_000 * zone.offsetMinutes(ms);
  return ((local % DAY_MS) + DAY_MS) % DAY_MS;
}

function quantity(field: { kind: FieldKind; name: string }, value: Value, zone: Zone): Quantity {
  const found = quantityOf(field.kind, value.text, zone.offsetMinutes);
  if (found !== null) return found;
  throw new FilterFault(
    value,
    `"${value.text}" is not a value of ${field.name}`,
    `write ${EXAMPLES[field.kind] ?? ''}`,
  );
}

/** The test of a text, in any case, by an operator other than `!=`. */
export function textTest(
  name: string,
  operator: Operator,
  value: Value | Range,
  patterns: Patterns,
): (text: string) => boolean {
  if (isRange(value)) {
    throw new FilterFault(value, `${name} is a text: it has no ranges`, 'put a text with two dots in quotes');
  }
  const asked = value.text.toLowerCase();
  switch (operator) {
    case '==':
      return (text) => text.toLowerCase() === asked;
    case 'contains':
      return (text) => text.toLowerCase().includes(asked);
    case 'matches':
      return patterns.test(value);
    default: {
      const hint = 'use ==, !=, contains, matches or in';
      throw new FilterFault(value, `${name} is a text: ${operator} does not go with it`, hint);
    }
  }
}

/** The test of what is an address, or a name where names are allowed. */
export function endTest(
  name: string,
  operator: Operator,
  value: Value | Range,
  allowsNames: boolean,
  patterns: Patterns,
): (text: string) => boolean {
  if (operator === 'contains' || operator === 'matches') return textTest(name, operator, value, patterns);
  if (isRange(value)) {
    const [from, to] = [value.from, value.to].map((end) => {
      const address = parseAddress(end.text);
      if (address === null) throw new FilterFault(end, `"${end.text}" is not an address`, `write ${EXAMPLES.address}`);
      return address;
    });
    if (from.version !== to.version || compareAddresses(from, to) > 0) {
      throw new FilterFault(value, 'the range ends before it begins', 'write the lower address first');
    }
    return betweenAddresses(from, to);
  }
  const network = networkOf(value.text);
  if (network === null) {
    if (allowsNames && operator === '==' && !value.text.includes('/')) return textTest(name, operator, value, patterns);
    throw new FilterFault(value, `"${value.text}" is not an address or network`, `write ${EXAMPLES.address}`);
  }
  if (operator === '==') return inNetwork(network);
  return (text) => {
    const address = addressOf(text);
    if (address === null || address.version !== network.address.version) return false;
    const order = compareAddresses(address, network.address);
    return operator.startsWith('<')
      ? order < 0 || (operator === '<=' && order === 0)
      : order > 0 || (operator === '>=' && order === 0);
  };
}

/**
 * The regular expressions of one filter, in any case, searched for anywhere: RE2's, whose time is linear in the text whatever
 * they say, and bounded in what they say: a filter may come with a link.
 */
export class Patterns {
  private steps = 0;

  test(value: Value): (text: string) => boolean {
    if (value.text.length > LONGEST_PATTERN) {
      throw new FilterFault(value, 'the pattern is too long', `shorten it to ${LONGEST_PATTERN} characters`);
    }
    const expression = compiled(value);
    this.steps += expression.programSize();
    if (this.steps > MOST_STEPS) {
      const hint = `let it repeat less: all patterns of a filter together may have ${MOST_STEPS} steps`;
      throw new FilterFault(value, `with this pattern there are ${this.steps} steps to take`, hint);
    }
    return (text) => expression.test(text);
  }
}

function compiled(value: Value): RE2JS {
  try {
    return RE2JS.compile(value.text, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const hint = 'write it as RE2 reads it: no look-around and no back-references; "\\." is a dot';
    throw new FilterFault(value, `the pattern cannot be read: ${error.message}`, hint);
  }
}
