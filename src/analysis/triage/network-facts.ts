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
