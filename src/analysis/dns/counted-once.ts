import { CLOCKS_MS } from '../flow-logs/same-flows.ts';
import { lagOf } from './collector.ts';
import type { Tallies } from './tallies.ts';

/**
 * Leaves out what packets and logs both tell of: of tallies with the same client and domain, or resolver, at the same time
 * that which counted most stays. They saw one traffic, or parts of it.
 *
 * @param counted numbers of tallies
 * @param addressText the address of a number, which has one for packets and another for logs
 * @param behindMs how far times without a zone lie behind those of packets
 */
export function countedOnce(
  { columns, domains }: Tallies,
  counted: readonly number[],
  addressText: (number: number) => string,
  behindMs: number,
): number[] {
  const { client, resolver, messages, firstMs, lastMs } = columns;
  const kept = new Map<string, number[]>();
  const startMs = (tally: number): number => firstMs[tally] + lagOf(client[tally], behindMs);
  const endMs = (tally: number): number => lastMs[tally] + lagOf(client[tally], behindMs);
  const areAtOnce = (one: number, other: number): boolean =>
    startMs(one) <= endMs(other) + CLOCKS_MS && startMs(other) <= endMs(one) + CLOCKS_MS;
  return counted
    .toSorted((a, b) => messages[b] - messages[a] || client[a] - client[b])
    .filter((tally) => {
      const what = domains[tally] === '' ? `>${addressText(resolver[tally] - 1)}` : domains[tally];
      const key = `${addressText(client[tally])} ${what}`;
      const others = kept.get(key) ?? [];
      if (others.some((other) => areAtOnce(tally, other))) return false;
      kept.set(key, [...others, tally]);
      return true;
    });
}
