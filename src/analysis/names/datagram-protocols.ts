import type { Packet } from 'pcap-ts-parser';
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT, dhcpHostName } from './dhcp.ts';
import { DHCPV6_CLIENT_PORT, DHCPV6_SERVER_PORT, dhcpv6ClientName } from './dhcpv6.ts';
import { DNS_PORT, dnsQuestion, isDnsAnswer, LLMNR_PORT, MDNS_PORT, multicastDnsName } from './dns.ts';
import { type FlowFindings, sourceIndex } from './findings.ts';
import { googleQuicServerName, isGoogleQuic } from './gquic.ts';
import { NETBIOS_DATAGRAM_PORT, NETBIOS_NAME_PORT, netbiosDatagramSource, netbiosName } from './netbios.ts';
import { SSDP_PORT, ssdpHost } from './ssdp.ts';
import { isStun, stunRealm } from './stun.ts';
import type { Finding } from './text.ts';

/** A protocol whose datagrams name a host each on its own. */
export interface DatagramProtocol {
  source: number;
  find: (bytes: Uint8Array, start: number, end: number) => Finding;
  /** Whether a datagram ends the look into its flow; without it, the first one with a name does. */
  isLast?: (bytes: Uint8Array, start: number, end: number) => boolean;
}

const dhcp: DatagramProtocol = { source: sourceIndex('dhcp'), find: dhcpHostName };
const dhcpv6: DatagramProtocol = { source: sourceIndex('dhcp'), find: dhcpv6ClientName };
const netbios: DatagramProtocol = { source: sourceIndex('netbios'), find: netbiosName };
const stun: DatagramProtocol = { source: sourceIndex('stun'), find: stunRealm };
const googleQuic: DatagramProtocol = { source: sourceIndex('quic'), find: googleQuicServerName };

const BY_PORT: ReadonlyMap<number, DatagramProtocol> = new Map([
  [DNS_PORT, { source: sourceIndex('dns'), find: dnsQuestion, isLast: isDnsAnswer }],
  [MDNS_PORT, { source: sourceIndex('mdns'), find: multicastDnsName, isLast: isDnsAnswer }],
  [LLMNR_PORT, { source: sourceIndex('llmnr'), find: multicastDnsName, isLast: isDnsAnswer }],
  [DHCP_SERVER_PORT, dhcp], [DHCP_CLIENT_PORT, dhcp],
  [DHCPV6_SERVER_PORT, dhcpv6], [DHCPV6_CLIENT_PORT, dhcpv6],
  [NETBIOS_NAME_PORT, netbios],
  [NETBIOS_DATAGRAM_PORT, { ...netbios, find: netbiosDatagramSource }],
  [SSDP_PORT, { source: sourceIndex('ssdp'), find: ssdpHost }],
]);

/** The protocol of a datagram by its ports, STUN and Google's QUIC by content; null for one that names no host. */
export function datagramProtocol(packet: Packet): DatagramProtocol | null {
  const { bytes, payload, payloadLength, sourcePort, destinationPort } = packet;
  const toPort = BY_PORT.get(destinationPort);
  const fromPort = BY_PORT.get(sourcePort);
  const protocol = toPort ?? fromPort;
  // DHCP has a port at either end (RFC 2131, section 4.1).
  if (protocol !== undefined && (protocol !== dhcp || toPort === fromPort)) return protocol;
  const end = payload + payloadLength;
  if (isStun(bytes, payload, end)) return stun;
  return isGoogleQuic(bytes, payload, end) ? googleQuic : null;
}

/** Reads one datagram. Returns whether nothing more is to be learned from its flow. */
export function readDatagram(protocol: DatagramProtocol, packet: Packet, findings: FlowFindings): boolean {
  const { bytes, payload } = packet;
  const end = payload + packet.payloadLength;
  const found = findings.keep(protocol.find(bytes, payload, end), protocol.source);
  return protocol.isLast === undefined ? found : protocol.isLast(bytes, payload, end);
}
