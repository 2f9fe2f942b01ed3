/** Names of IP protocol numbers as analysts write them (IANA protocol numbers). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [2, 'igmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [41, 'ipv6'],
  [46, 'rsvp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [88, 'eigrp'],
  [89, 'ospf'],
  [103, 'pim'],
  [112, 'vrrp'],
  [132, 'sctp'],
  [136, 'udplite'],
]);

/** "tcp", "udp", ...; "ip 99" for a protocol without a common name. */
export function protocolName(protocol: number): string {
  return NAMES.get(protocol) ?? `ip ${protocol}`;
}

const NUMBERS: ReadonlyMap<string, number> = new Map(Array.from(NAMES, ([number, name]) => [name, number]));

/** The number of a protocol by its common name in lower case; null for a name that is none. */
export function protocolNumber(name: string): number | null {
  return NUMBERS.get(name) ?? null;
}

/** The common names of protocols. */
export const PROTOCOL_NAMES: readonly string[] = [...NUMBERS.keys()];
