/** Wireshark's protocol names for the IP protocols that have no ports here. */
const PROTOCOL_FILTERS: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'], [2, 'igmp'], [47, 'gre'], [50, 'esp'], [51, 'ah'], [58, 'icmpv6'], [89, 'ospf'], [103, 'pim'], [132, 'sctp'],
]);

/** A Wireshark display filter for what a source (an IPv4 or IPv6 address) sends to a destination and port. */
export function displayFilterOf(source: string, destination: string, port: number, protocol: number): string {
  const field = source.includes(':') ? 'ipv6' : 'ip';
  return `${field}.src == ${source} && ${field}.dst == ${destination} && ${protocolFilter(field, port, protocol)}`;
}

function protocolFilter(field: 'ip' | 'ipv6', port: number, protocol: number): string {
  if (protocol === 6 || protocol === 17) {
    const name = protocol === 6 ? 'tcp' : 'udp';
    // Port 0 also stands for ports that the capture cut off.
    return port === 0 ? name : `${name}.dstport == ${port}`;
  }
  return PROTOCOL_FILTERS.get(protocol) ?? (field === 'ip' ? `ip.proto == ${protocol}` : `ipv6.nxt == ${protocol}`);
}
