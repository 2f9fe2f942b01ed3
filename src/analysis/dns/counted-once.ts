import { CLOCKS_MS } from '../flow-logs/same-flows.ts';
import { lagOf } from './collector.ts';
import type { Tally } from './tally.ts';

/**
 * Leaves out what packets and logs both tell of: of tallies with the same client and domain, or resolver, at the same time
 * that which counted most stays. They saw one traffic, or parts of it.
 *
 * @param addressText the address of a number, which has one for packets and another for logs
 * @param behindMs how far times without a zone lie behind those of packets
 */
export function countedOnce(
  tallies: readonly Tally[],
  addressText: (number: number) => string,
  behindMs: number,
): Tally[] {
  const kept = new Map<string, Tally[]>();
  const startMs = ({ client, firstMs }: Tally): number => firstMs + lagOf(client, behindMs);
  const endMs = ({ client, lastMs }: Tally): number => lastMs + lagOf(client, behindMs);
  const areAtOnce = (one: Tally, other: Tally): boolean =>
    startMs(one) <= endMs(other) + CLOCKS_MS && startMs(other) <= endMs(one) + CLOCKS_MS;
  return tallies
    .toSorted((a, b) => b.messages - a.messages || a.client - b.client)
    .filter((tally) => {
      const what = tally.domain === '' ? `>${addressText(tally.resolver)}` : tally.domain;
      const key = `${addressText(tally.client)} ${what}`;
      const others = kept.get(key) ?? [];
      if (others.some((other) => areAtOnce(tally, other))) return false;
      kept.set(key, [...others, tally]);
      return true;
    });
}
