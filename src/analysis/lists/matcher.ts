import { comparableName } from './name-text.ts';
import { NameMap } from './name-map.ts';
import type { IpAddress } from '../net/address.ts';
import { NetworkMap } from '../net/network-map.ts';
import type { ListEntry } from './list.ts';

/**
 * Finds what of a list an address, a name or a fingerprint meets; answers are places in `entries`, -1 for nothing. Pairs take
 * both ends of a flow: `PairMatches` knows them.
 */
export class Matcher {
  private readonly networks = new NetworkMap<number>();
  private readonly names = new NameMap<number>();
  private readonly fingerprints = new Map<string, number>();

  constructor({ entries }: { entries: readonly ListEntry[] }) {
    for (const [place, { indicator }] of entries.entries()) {
      if (indicator.kind === 'network') this.networks.add(indicator.network, place);
      else if (indicator.kind === 'name') this.names.add(indicator.name, indicator.below, place);
      else if (indicator.kind === 'fingerprint' && !this.fingerprints.has(indicator.fingerprint))
        this.fingerprints.set(indicator.fingerprint, place);
    }
  }

  /** The smallest network that holds an address; null stands for what is none. */
  ofAddress(address: IpAddress | null): number {
    return address === null ? -1 : (this.networks.find(address) ?? -1);
  }

  /** The closest entry that covers a name. */
  ofName(name: string): number {
    return this.names.find(comparableName(name)) ?? -1;
  }

  /** A fingerprint's own entry. */
  ofFingerprint(fingerprint: string): number {
    return this.fingerprints.get(fingerprint.toLowerCase()) ?? -1;
  }
}
