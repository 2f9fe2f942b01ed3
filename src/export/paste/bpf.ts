import { anyOf, type PastedConnection, portedProtocol, type ProtocolPorts } from './connection.ts';

/** A capture filter for tcpdump and libpcap: all packets of a connection, both ways. */
export function captureFilterOf({ source, destinations, protocols }: PastedConnection): string {
  const ip = source.includes(':') ? 'ip6' : 'ip';
  const parts = [
    `host ${source}`,
    anyOf(
      destinations.map((address) => `host ${address}`),
      'or',
    ),
    anyOf(
      protocols.flatMap((ports) => filtersOf(ip, ports)),
      'or',
    ),
  ];
  return parts.filter((part) => part !== '').join(' and ');
}

function filtersOf(ip: 'ip' | 'ip6', { protocol, ports }: ProtocolPorts): string[] {
  const ported = portedProtocol(protocol);
  if (ported === null) return [`${ip} proto ${protocol}`];
  return ports.length === 0 ? [ported] : ports.map((port) => `${ported} port ${port}`);
}
