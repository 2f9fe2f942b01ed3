/** Wireshark's protocol names for the IP protocols that have no ports here. */
const PROTOCOL_FILTERS: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'], [2, 'igmp'], [47, 'gre'], [50, 'esp'], [51, 'ah'], [58, 'icmpv6'], [89, 'ospf'], [103, 'pim'], [132, 'sctp'],
]);

/**
 * A Wireshark display filter for what a source (an IPv4 or IPv6 address) sends to a destination, to one port and
 * protocol there, or to all of them (null).
 */
export function displayFilterOf(source: string, destination: string, end: { port: number; protocol: number } | null): string {
  const field = source.includes(':') ? 'ipv6' : 'ip';
  const ends = `${field}.src == ${source} && ${field}.dst == ${destination}`;
  return end === null ? ends : `${ends} && ${protocolFilter(field, end.port, end.protocol)}`;
}

function protocolFilter(field: 'ip' | 'ipv6', port: number, protocol: number): string {
  if (protocol === 6 || protocol === 17) {
    const name = protocol === 6 ? 'tcp' : 'udp';
    // Port 0 also stands for ports that the capture cut off.
    return port === 0 ? name : `${name}.dstport == ${port}`;
  }
  return PROTOCOL_FILTERS.get(protocol) ?? (field === 'ip' ? `ip.proto == ${protocol}` : `ipv6.nxt == ${protocol}`);
}
