import { textsOf } from '../analysis/memory/text-pool.ts';
import type { Report } from '../analysis/report/report.ts';
import { wordsOf } from './order.ts';

/** Rows of the long sessions that hold every word of the filter and are of no hidden sort, the longest first. */
export function longRows({ connections, long }: Report, filter: string, hidden: number): number[] {
  const addresses = textsOf(long.addresses);
  const names = textsOf(long.names);
  // A connection that is not listed has no sorts: it is never hidden.
  const sorts = new Map(Array.from(connections.group, (group, row) => [group, connections.sorts[row]]));
  return rowsWith(
    long.length,
    filter,
    (row) =>
      `${addresses[long.client[row]]} ${names[long.name[row]]} ${addresses[long.server[row]]}:${long.serverPort[row]}`,
  ).filter((row) => ((sorts.get(long.group[row]) ?? 0) & hidden) === 0);
}

/** Rows of the list of domains that hold every word of the filter, likely tunnels first. */
export function dnsRows({ dns }: Report, filter: string): number[] {
  const addresses = textsOf(dns.addresses);
  const texts = textsOf(dns.texts);
  return rowsWith(dns.length, filter, (row) => {
    const resolver = dns.resolver[row] === 0 ? '' : addresses[dns.resolver[row] - 1];
    return [
      addresses[dns.client[row]],
      texts[dns.domain[row]],
      resolver,
      texts[dns.types[row]],
      texts[dns.samples[row]],
    ].join(' ');
  });
}

function rowsWith(length: number, filter: string, textOf: (row: number) => string): number[] {
  const rows = Array.from({ length }, (_, row) => row);
  const words = wordsOf(filter);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Rows in the order of a column; what has no value (NaN, or an empty text) comes last, equal rows as they were. */
export function sortedBy(
  rows: readonly number[],
  keyOf: (row: number) => number | string,
  descending: boolean,
): number[] {
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const isNone = (key: number | string): boolean => key === '' || Number.isNaN(key);
  keyed.sort((a, b) => {
    if (isNone(a.key) || isNone(b.key)) return Number(isNone(a.key)) - Number(isNone(b.key));
    if (typeof a.key === 'number' && typeof b.key === 'number') return sign * (a.key - b.key);
    return sign * COLLATOR.compare(String(a.key), String(b.key));
  });
  return keyed.map(({ row }) => row);
}
