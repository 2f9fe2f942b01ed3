import type { HostsSeen, SeenMac } from '../inspect/hosts/hosts-seen.ts';
import { parseAddress } from '../net/address.ts';
import { parseMac } from '../net/mac.ts';

/** A machine of which the capture shows that some addresses are its own. */
export interface Owner {
  /** Addresses as text, IPv4 before IPv6. */
  addresses: string[];
  mac: SeenMac;
}

/** IPv4 addresses that a machine gives itself while it has none (RFC 3927). */
const SELF_GIVEN = /^169\.254\./;

/**
 * The machines behind MAC addresses. Addresses of both versions become one machine only where each is surely its own and
 * there is one of IPv4: a router, a proxy for ARP or a server with several addresses joins nobody with anybody.
 */
export function ownersOf({ macs }: HostsSeen): Owner[] {
  return macs.flatMap((mac) => ownersOfMac(mac));
}

function ownersOfMac(mac: SeenMac): Owner[] {
  const linked = mac.addresses;
  const own = linked
    .filter(({ address, link }) => link === 'own' || isMadeOf(address, mac.mac))
    .map(({ address }) => address);
  const [ipv4, ipv6] = [own.filter(isIpv4), own.filter((address) => !isIpv4(address))];
  const lasting = ipv4.filter((address) => !SELF_GIVEN.test(address));
  if (lasting.length === 1)
    return [{ addresses: [...lasting, ...ipv4.filter((one) => one !== lasting[0]), ...ipv6], mac }];
  if (lasting.length > 1)
    return [
      ...lasting.map((address) => ({ addresses: [address], mac })),
      ...(ipv6.length > 0 ? [{ addresses: ipv6, mac }] : []),
    ];
  // Without a sure one, what it sent as the first to send it, or else asked for, is its own where it is alone.
  for (const link of ['sent', 'asked'] as const) {
    const likely = linked
      .filter(({ address, link: known }) => known === link && isIpv4(address))
      .map(({ address }) => address);
    if (likely.length === 1 && !mac.isRouter) return [{ addresses: [...likely, ...ipv4, ...ipv6], mac }];
  }
  return own.length > 0 ? [{ addresses: [...ipv4, ...ipv6], mac }] : [];
}

function isIpv4(address: string): boolean {
  return !address.includes(':');
}

/** Whether the lower half of an IPv6 address was made of the MAC address (RFC 4291, appendix A). */
function isMadeOf(address: string, macText: string): boolean {
  const parsed = isIpv4(address) ? null : parseAddress(address);
  if (parsed?.version !== 6) return false;
  const mac = parseMac(macText);
  const high = Math.floor(mac / 2 ** 24);
  const low = mac % 2 ** 24;
  const [, , third, fourth] = parsed.words;
  return third === ((high ^ 0x02_0000) * 256 + 0xff) >>> 0 && fourth === (0xfe00_0000 | low) >>> 0;
}
