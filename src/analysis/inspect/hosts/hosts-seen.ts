import { readAddress, readWords } from '../../net/address.ts';
import { ipv4Text } from '../../net/address-text.ts';
import { isLocalMac, macText, parseMac } from '../../net/mac.ts';
import type { HostSightings, Sighting } from './host-sightings.ts';
import type { Link, LinkedAddress, MacLinks } from './mac-links.ts';

/** Who makes adapters of a MAC address; '' for a maker that is not known. */
export type VendorLookup = (mac: number) => string;

/** A MAC address with its addresses (as text) and who made the adapter: plain data. */
export interface SeenMac {
  mac: string;
  addresses: readonly { address: string; link: Link }[];
  /** Whether it passed on packets of others. */
  isRouter: boolean;
  vendor: string;
}

/** All that packets and logs told of hosts: plain data. */
export interface HostsSeen {
  sightings: readonly Sighting[];
  macs: readonly SeenMac[];
}

/**
 * The MAC addresses that packets and logs tied to addresses, with the makers of their adapters. What DHCP clients said of
 * themselves before they had an address goes to those that they have: it is among the sightings then.
 */
export function macsSeen(sightings: HostSightings, links: MacLinks, vendorOf: VendorLookup): SeenMac[] {
  for (const { address, kind, text } of sightings.all()) {
    if (kind === 'mac') links.add(parseMac(text), linkedOf(address), 'own');
  }
  return links.macs.map(({ mac, addresses, isRouter, said }) => {
    if (said.length > 0) {
      const own = [...addresses].filter(([, link]) => link === 'own');
      // An address that was only asked for may be another's in the end.
      for (const [address] of own.length > 0 ? own : [...addresses].filter(([, link]) => link === 'asked')) {
        for (const { kind, text, firstMs, lastMs } of said) {
          sightings.add(textOf(address), kind, text, 'dhcp', firstMs);
          sightings.add(textOf(address), kind, text, 'dhcp', lastMs);
        }
      }
    }
    const linked = Array.from(addresses, ([address, link]) => ({ address: textOf(address), link }));
    return { mac: macText(mac), addresses: linked, isRouter, vendor: isLocalMac(mac) ? '' : vendorOf(mac) };
  });
}

function linkedOf(address: string): LinkedAddress {
  return readAddress(address) === 4 ? readWords[0] >>> 0 : address;
}

function textOf(address: LinkedAddress): string {
  return typeof address === 'number' ? ipv4Text(address) : address;
}
