import { anyOf, type PastedConnection, portedProtocol, type ProtocolPorts } from './connection.ts';

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
 * A Wireshark display filter for what a source sends to its destinations. Alternatives are written out: how a set's
 * members are parted changed between versions.
 */
export function displayFilterOf({ source, destinations, protocols }: PastedConnection): string {
  const field = source.includes(':') ? 'ipv6' : 'ip';
  const parts = [
    `${field}.src == ${source}`,
    anyOf(
      destinations.map((address) => `${field}.dst == ${address}`),
      '||',
    ),
    anyOf(
      protocols.flatMap((ports) => filtersOf(field, ports)),
      '||',
    ),
  ];
  return parts.filter((part) => part !== '').join(' && ');
}

function filtersOf(field: 'ip' | 'ipv6', { protocol, ports }: ProtocolPorts): string[] {
  const ported = portedProtocol(protocol);
  if (ported !== null) return ports.length === 0 ? [ported] : ports.map((port) => `${ported}.dstport == ${port}`);
  return [PROTOCOL_FILTERS.get(protocol) ?? (field === 'ip' ? `ip.proto == ${protocol}` : `ipv6.nxt == ${protocol}`)];
}
