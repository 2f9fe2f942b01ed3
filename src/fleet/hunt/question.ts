import { isRefusal, parseNetwork } from '../../analysis/net/network.ts';
import type { ListSettings } from '../../analysis/settings.ts';
import type { Bound } from '../engine/engine.ts';
import { EngineError } from '../engine/engine.ts';
import { wholeNumber } from '../../analysis/whole-number.ts';

/** What a hunt is to look at. */
export interface Question {
  list: ListSettings;
  /** Flows that begin from this moment on, and before that one, in milliseconds since 1970; null for no bound. */
  fromMs: number | null;
  toMs: number | null;
  /** Filters as they were typed: `source=10.0.0.0/8`, `port=443` (see `filterOf`). */
  filters: readonly string[];
  /** Only connections with flows of files that the last hunt did not have. */
  sinceLast: boolean;
}

/** A part of a WHERE clause with the values that it binds. */
export interface Condition {
  text: string;
  bound: Bound;
}

/** What a filter can name, and the column or columns that it looks at. */
const KEYS = ['source', 'destination', 'port', 'protocol', 'name', 'file'] as const;
const V4_IN_V6 = 96;

/** Puts conditions together: all of them hold. */
export function allOf(conditions: readonly Condition[]): Condition {
  return {
    text: conditions.length === 0 ? '1' : conditions.map(({ text }) => `(${text})`).join(' AND '),
    bound: Object.assign({}, ...conditions.map(({ bound }) => bound)) as Bound,
  };
}

/**
 * The conditions of a question's times and filters of flows. Throws an `EngineError` for a filter that makes no sense.
 */
export function scopeOf({ fromMs, toMs, filters }: Question): Condition {
  const conditions: Condition[] = [];
  if (fromMs !== null) conditions.push({ text: 'first_seen_ms >= {fromMs:UInt64}', bound: { fromMs } });
  if (toMs !== null) conditions.push({ text: 'first_seen_ms < {toMs:UInt64}', bound: { toMs } });
  for (const [place, filter] of filters.entries())
    if (!isOfFiles(filter)) conditions.push(filterOf(filter, `filter${place}`));
  return allOf(conditions);
}

/**
 * The conditions of a question's files: with others left out, hosts that only those have seen are not counted either.
 */
export function filesWanted({ filters }: Question): Condition {
  const wanted = filters.map((filter, place) => (isOfFiles(filter) ? [filterOf(filter, `file${place}`)] : []));
  return allOf(wanted.flat());
}

function isOfFiles(filter: string): boolean {
  return /^file!?=/.test(filter);
}

/**
 * A filter: `source=` or `destination=` with an address or network, `port=` with a port or range, `protocol=` with a
 * number, `name=` with a name, which covers everything below it, `file=` with a part of a file's name; `!=` for `=`
 * turns it round. Throws an `EngineError`.
 *
 * @param id begins the names of the values that it binds
 */
export function filterOf(filter: string, id: string): Condition {
  const [, key = '', sign = '', value = ''] = /^([a-z]+)(!?=)(.+)$/s.exec(filter) ?? [];
  const known = KEYS.find((name) => name === key);
  if (known === undefined)
    throw new EngineError(`a filter is KEY=VALUE or KEY!=VALUE with one of ${KEYS.join(', ')}, not "${filter}"`);
  const { text, bound } = conditionOf(known, value, id, filter);
  return { text: sign === '=' ? text : `NOT (${text})`, bound };
}

function conditionOf(key: (typeof KEYS)[number], value: string, id: string, filter: string): Condition {
  switch (key) {
    case 'source':
      return networkCondition('src_ip', value, id, filter);
    case 'destination':
      return networkCondition('dst_ip', value, id, filter);
    case 'port':
      return rangeCondition('dst_port', value, 0xffff, id, filter);
    case 'protocol':
      return rangeCondition('protocol', value, 255, id, filter);
    case 'file':
      return { text: `position(name, {${id}:String}) > 0`, bound: { [id]: value } };
    case 'name': {
      const name = value.toLowerCase();
      return {
        text:
          `lower(requested_server_name) = {${id}:String} OR ` +
          `endsWith(lower(requested_server_name), {${id}below:String})`,
        bound: { [id]: name, [`${id}below`]: `.${name}` },
      };
    }
  }
}

function networkCondition(column: string, value: string, id: string, filter: string): Condition {
  const network = parseNetwork(value);
  if (isRefusal(network)) throw new EngineError(`${filter}: ${network.reason}`);
  const { version, words } = network.address;
  const hex = (version === 6 ? words : [0, 0, 0xffff, words[0]]).map((word) => word.toString(16).padStart(8, '0'));
  const groups = hex.join('').match(/.{4}/g) ?? [];
  const prefix = network.prefix + (version === 6 ? 0 : V4_IN_V6);
  // An address that is none is in no network.
  const address = `toIPv6OrDefault(${column}, toIPv6('::'))`;
  return {
    text: `isIPAddressInRange(toString(${address}), {${id}:String})`,
    bound: { [id]: `${groups.join(':')}/${prefix}` },
  };
}

function rangeCondition(column: string, value: string, most: number, id: string, filter: string): Condition {
  const [first = '', last = first, ...rest] = value.split('-');
  const [from, to] = [first, last].map((text) => wholeNumber(text, most));
  if (from === null || to === null || from > to || rest.length > 0)
    throw new EngineError(`${filter}: a number up to ${most}, or a range such as 8000-8999, is expected`);
  return {
    text: `${column} BETWEEN {${id}:UInt16} AND {${id}last:UInt16}`,
    bound: { [id]: from, [`${id}last`]: to },
  };
}
