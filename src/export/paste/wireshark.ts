import { anyOf, type PastedConnection, portedProtocol, type ProtocolPorts } from './connection.ts';
import { type Way, waysOf } from './ends.ts';

/** Wireshark's protocol names for the IP protocols that have no ports here. */
const PROTOCOL_FILTERS: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [2, 'igmp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [89, 'ospf'],
  [103, 'pim'],
  [132, 'sctp'],
]);

/**
 * A Wireshark display filter for the packets of a connection, both ways, and fragments between its ends. Errors of ICMP
 * are left out where they are none of it: to Wireshark they have the addresses and ports of the packets they quote.
 * Alternatives are written out: how a set's members are parted changed between versions.
 */
export function displayFilterOf({ source, destinations, protocols }: PastedConnection): string {
  const field = source.includes(':') ? 'ipv6' : 'ip';
  const ways = waysOf(source, destinations).map((way) => wayFilter(field, way, protocols));
  const isPorted = protocols.length > 0 && protocols.every(({ protocol }) => portedProtocol(protocol) !== null);
  const both = anyOf(ways, '||');
  return isPorted ? `${both} && !${field === 'ip' ? 'icmp' : 'icmpv6'}` : both;
}

function wayFilter(field: 'ip' | 'ipv6', { from, to, port }: Way, protocols: readonly ProtocolPorts[]): string {
  const parts = [
    anyOf(
      from.map((address) => `${field}.src == ${address}`),
      '||',
    ),
    anyOf(
      to.map((address) => `${field}.dst == ${address}`),
      '||',
    ),
    anyOf(
      protocols.flatMap((ports) => filtersOf(field, ports, port)),
      '||',
    ),
  ];
  return `(${parts.filter((part) => part !== '').join(' && ')})`;
}

function filtersOf(field: 'ip' | 'ipv6', { protocol, ports }: ProtocolPorts, side: Way['port']): string[] {
  const ported = portedProtocol(protocol);
  if (ported === null)
    return [PROTOCOL_FILTERS.get(protocol) ?? (field === 'ip' ? `ip.proto == ${protocol}` : `ipv6.nxt == ${protocol}`)];
  if (ports.length === 0) return [ported];
  const fragments =
    field === 'ip'
      ? `(ip.proto == ${protocol} && (ip.flags.mf == 1 || ip.frag_offset > 0))`
      : `ipv6.fraghdr.nxt == ${protocol}`;
  return [...ports.map((port) => `${ported}.${side}port == ${port}`), fragments];
}
