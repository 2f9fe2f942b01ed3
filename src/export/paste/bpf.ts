import { anyOf, type PastedConnection, portedProtocol, type ProtocolPorts } from './connection.ts';
import { type Way, waysOf } from './ends.ts';

/** The number of IPv6's fragment header, which stands in the place of the protocol. */
const IPV6_FRAGMENT = 44;

/**
 * A capture filter for tcpdump and libpcap: the packets of a connection, both ways, and fragments between its ends. Where
 * there are VLANs, once more behind one tag and behind two: `vlan` moves on everything that follows it, and is refused
 * for captures without Ethernet.
 */
export function captureFilterOf({ source, destinations, protocols, inVlans }: PastedConnection): string {
  const ways = waysOf(source, destinations).map((way) => wayFilter(way, protocols));
  const plain = ways.join(' or ');
  return inVlans ? `${plain} or (vlan and (${plain})) or (vlan and (${plain}))` : plain;
}

function wayFilter({ from, to, port }: Way, protocols: readonly ProtocolPorts[]): string {
  const parts = [
    anyOf(
      from.map((address) => `src host ${address}`),
      'or',
    ),
    anyOf(
      to.map((address) => `dst host ${address}`),
      'or',
    ),
    anyOf(
      protocols.flatMap((ports) => filtersOf(from[0].includes(':') ? 'ip6' : 'ip', ports, port)),
      'or',
    ),
  ];
  return `(${parts.filter((part) => part !== '').join(' and ')})`;
}

function filtersOf(ip: 'ip' | 'ip6', { protocol, ports }: ProtocolPorts, side: Way['port']): string[] {
  const ported = portedProtocol(protocol);
  if (ported === null) return [`${ip} proto ${protocol}`];
  if (ports.length === 0) return [ported];
  const fragments = ip === 'ip' ? `(ip proto ${protocol} and ip[6:2] & 0x1fff != 0)` : `ip6 proto ${IPV6_FRAGMENT}`;
  return [...ports.map((port) => `${ported} ${side} port ${port}`), fragments];
}
