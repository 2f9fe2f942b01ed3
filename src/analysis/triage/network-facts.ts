/**
 * What is counted over all flows of a network, for an analysis that has only some of them at hand: all flows of some of
 * the network's sources.
 */
export interface NetworkFacts {
  /** What all packets of flows span, and the start of the last flow, in milliseconds since 1970. */
  firstMs: number;
  lastMs: number;
  lastStartMs: number;
  /** Internal sources, and all internal addresses. */
  hosts: number;
  internalAddresses: number;
  /** Whether no connection leaves the network. */
  staysInternal: boolean;
  /** How many internal sources go to an address, and to a name that flows carry. */
  hostsOfAddress(address: string): number;
  hostsOfName(name: string): number;
}

/** The same as plain data, for the addresses and names that are at hand. */
export interface NetworkCounts extends Omit<NetworkFacts, 'hostsOfAddress' | 'hostsOfName'> {
  addresses: string[];
  /** By address: internal sources that go there; by name likewise. */
  addressHosts: Uint32Array;
  names: string[];
  nameHosts: Uint32Array;
}

/** What counts say, for the analysis to ask. */
export function networkFactsOf({ addresses, addressHosts, names, nameHosts, ...facts }: NetworkCounts): NetworkFacts {
  const ofAddress = new Map(addresses.map((address, place) => [address, addressHosts[place]]));
  const ofName = new Map(names.map((name, place) => [name, nameHosts[place]]));
  return {
    ...facts,
    hostsOfAddress: (address) => ofAddress.get(address) ?? 0,
    hostsOfName: (name) => ofName.get(name) ?? 0,
  };
}
