import { type IpAddress, parseAddress } from './address.ts';
import { isRefusal, parseNetwork } from './network.ts';
import { NetworkMap } from './network-map.ts';

/**
 * Where an address lies; the index is what columns store. A group is multicast, broadcast, or the unspecified address.
 */
export const ZONES = ['external', 'internal', 'multicast'] as const;
export type Zone = (typeof ZONES)[number];

/** Groups: RFC 5771, RFC 4291 section 2.7, RFC 919; a whole 0/8 means "this host" (RFC 1122, section 3.2.1.3). */
const GROUP_NETWORKS = networkMap(['224.0.0.0/4', '255.255.255.255', '0.0.0.0/8', 'ff00::/8', '::']);

/** Places by address under a list of internal networks. */
export class Zones {
  private readonly internal: NetworkMap<true>;

  constructor(internal: NetworkMap<true>) {
    this.internal = internal;
  }

  /** The place of an address given as text; what is no IP address lies outside. */
  of(text: string): Zone {
    return this.ofAddress(parseAddress(text));
  }

  /** The place of an address; null stands for what is none. */
  ofAddress(address: IpAddress | null): Zone {
    if (address === null) return 'external';
    if (GROUP_NETWORKS.find(address) === true) return 'multicast';
    if (this.internal.find(address) !== true) return 'external';
    // No capture tells its netmasks. Inside, a last byte of 255 is a /24's broadcast far more often than a host.
    return address.version === 4 && (address.words[0] & 0xff) === 0xff ? 'multicast' : 'internal';
  }
}

function networkMap(texts: readonly string[]): NetworkMap<true> {
  const map = new NetworkMap<true>();
  for (const text of texts) {
    const network = parseNetwork(text);
    if (isRefusal(network)) throw new Error(`${text}: ${network.reason}`);
    map.add(network, true);
  }
  return map;
}
