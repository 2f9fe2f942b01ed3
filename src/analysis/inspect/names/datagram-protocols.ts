import type { Packet } from 'pcap-ts-parser';
import { dhcpParameterList } from '../../protocols/dhcp-options.ts';
import { headerText } from '../../protocols/http-headers.ts';
import type { NameSource } from '../../flows/name-sources.ts';
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT, dhcpHostName } from '../../protocols/dhcp.ts';
import { DHCPV6_CLIENT_PORT, DHCPV6_SERVER_PORT, dhcpv6ClientName } from '../../protocols/dhcpv6.ts';
import { DNS_PORT, dnsQuestion, isDnsAnswer, LLMNR_PORT, MDNS_PORT, multicastDnsName } from '../../protocols/dns.ts';
import { isDtlsRecord } from '../../protocols/dtls.ts';
import type { FlowFindings } from './findings.ts';
import { sourceIndex } from '../../flows/name-sources.ts';
import { keepDtlsHello } from './hello-findings.ts';
import {
  NETBIOS_DATAGRAM_PORT,
  NETBIOS_NAME_PORT,
  netbiosDatagramSource,
  netbiosName,
} from '../../protocols/netbios.ts';
import { readQuicChlo } from '../../protocols/quic-chlo.ts';
import { SSDP_PORT, ssdpHost } from '../../protocols/ssdp.ts';
import { isStun, stunRealm } from '../../protocols/stun.ts';
import { type Finding, nameText } from '../../protocols/text.ts';

const DHCP = sourceIndex('dhcp');
const QUIC = sourceIndex('quic');

/** Keeps what one datagram says on its own. Returns whether nothing more is to be learned from its flow. */
export type DatagramProtocol = (bytes: Uint8Array, start: number, end: number, findings: FlowFindings) => boolean;

/** Datagrams that name a host: the first name of a flow is all that it says. */
function naming(
  source: NameSource,
  find: (bytes: Uint8Array, start: number, end: number) => Finding,
): DatagramProtocol {
  const index = sourceIndex(source);
  return (bytes, start, end, findings) => findings.keep(find(bytes, start, end), index);
}

/** Datagrams of DNS and its kin, which go on until an answer. */
function asking(
  source: NameSource,
  find: (bytes: Uint8Array, start: number, end: number) => Finding,
): DatagramProtocol {
  const index = sourceIndex(source);
  return (bytes, start, end, findings) => {
    findings.keep(find(bytes, start, end), index);
    return isDnsAnswer(bytes, start, end);
  };
}

const dhcp: DatagramProtocol = (bytes, start, end, findings) => {
  findings.clientFingerprint ||= dhcpParameterList(bytes, start, end);
  return findings.keep(dhcpHostName(bytes, start, end), DHCP) && findings.clientFingerprint !== '';
};

/** Google's hello, in the clear in a datagram or in what one protected. */
export const googleQuic: DatagramProtocol = (bytes, start, end, findings) => {
  const hello = readQuicChlo(bytes, start, end);
  if (hello === null) return false;
  findings.userAgent ||= headerText(bytes, hello.userAgentStart, hello.userAgentEnd);
  return findings.keep(nameText(bytes, hello.serverNameStart, hello.serverNameEnd), QUIC);
};

const dhcpv6 = naming('dhcp', dhcpv6ClientName);
const stun = naming('stun', stunRealm);

const BY_PORT: ReadonlyMap<number, DatagramProtocol> = new Map([
  [DNS_PORT, asking('dns', dnsQuestion)],
  [MDNS_PORT, asking('mdns', multicastDnsName)],
  [LLMNR_PORT, asking('llmnr', multicastDnsName)],
  [DHCP_SERVER_PORT, dhcp],
  [DHCP_CLIENT_PORT, dhcp],
  [DHCPV6_SERVER_PORT, dhcpv6],
  [DHCPV6_CLIENT_PORT, dhcpv6],
  [NETBIOS_NAME_PORT, naming('netbios', netbiosName)],
  [NETBIOS_DATAGRAM_PORT, naming('netbios', netbiosDatagramSource)],
  [SSDP_PORT, naming('ssdp', ssdpHost)],
]);

/** The version of Google's QUIC behind a public header (flags, connection id) or a long one: "Q0" and two digits. */
const GOOGLE_VERSION_PLACES = [9, 1];

/** The protocol of a datagram by its ports, and some by their content; null for one that says nothing. */
export function datagramProtocol(packet: Packet): DatagramProtocol | null {
  const { bytes, payload, sourcePort, destinationPort } = packet;
  const toPort = BY_PORT.get(destinationPort);
  const fromPort = BY_PORT.get(sourcePort);
  const protocol = toPort ?? fromPort;
  // DHCP has a port at either end (RFC 2131, section 4.1).
  if (protocol !== undefined && (protocol !== dhcp || toPort === fromPort)) return protocol;
  const end = payload + packet.payloadLength;
  if (isStun(bytes, payload, end)) return stun;
  if (isDtlsRecord(bytes, payload, end)) return keepDtlsHello;
  return isGoogleQuic(bytes, payload, end) ? googleQuic : null;
}

function isGoogleQuic(bytes: Uint8Array, start: number, end: number): boolean {
  for (const place of GOOGLE_VERSION_PLACES) {
    if (start + place + 4 <= end && bytes[start + place] === 0x51 && bytes[start + place + 1] === 0x30) return true;
  }
  return false;
}
