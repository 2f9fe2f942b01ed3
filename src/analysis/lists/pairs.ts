import type { IpAddress } from '../net/address.ts';
import type { ListEntry } from './list.ts';

/** Where one source goes by the pairs of a list, as entries without it, and the place of each pair in the list. */
export interface PairsOfSource {
  entries: ListEntry[];
  places: number[];
}

/** The pairs of a list by `sourceKey`. */
export function pairsBySource(entries: readonly ListEntry[]): Map<string, PairsOfSource> {
  const bySource = new Map<string, PairsOfSource>();
  for (const [place, { indicator, line, note }] of entries.entries()) {
    if (indicator.kind !== 'pair') continue;
    const key = sourceKey(indicator.source);
    const pairs = bySource.get(key) ?? { entries: [], places: [] };
    pairs.entries.push({ indicator: indicator.to, line, note });
    pairs.places.push(place);
    bySource.set(key, pairs);
  }
  return bySource;
}

/** What names a source among those of pairs; '' for what is no address. */
export function sourceKey(address: IpAddress | null): string {
  return address === null ? '' : `${address.version} ${address.words.join(' ')}`;
}
