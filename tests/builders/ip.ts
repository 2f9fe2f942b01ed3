import { ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from './ethernet.ts';
import { ipv4 } from './ipv4.ts';
import { ipv6 } from './ipv6.ts';

export interface IpPacket {
  source: string;
  destination: string;
  protocol: number;
  payload: Uint8Array;
  /** Time to live or hop limit. */
  timeToLive?: number;
}

/** An IPv4 or IPv6 packet, as the addresses say. */
export function ip({ source, destination, protocol, payload, timeToLive = 64 }: IpPacket): Uint8Array {
  return source.includes(':')
    ? ipv6({ source, destination, protocol, payload, hopLimit: timeToLive })
    : ipv4({ source, destination, protocol, payload, timeToLive, dontFragment: true });
}

/** The EtherType of an IP packet, read from its version nibble. */
export function etherTypeOf(packet: Uint8Array): number {
  return packet[0] >> 4 === 6 ? ETHERTYPE_IPV6 : ETHERTYPE_IPV4;
}
