import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { type Application, applicationId, UNKNOWN } from '../../protocols/application-ids.ts';

/** Protocols that are themselves what they carry (IANA "Protocol Numbers"). */
const IP_PROTOCOLS: readonly (readonly [number, Application])[] = [
  [PROTOCOL_ICMP, 'ICMP'],
  [2, 'IGMP'],
  [4, 'IP_in_IP'],
  [8, 'EGP'],
  [47, 'GRE'],
  [50, 'IPSec'],
  [51, 'IPSec'],
  [PROTOCOL_ICMPV6, 'ICMPV6'],
  [89, 'OSPF'],
  [97, 'EtherIP'],
  [103, 'IP_PIM'],
  [112, 'VRRP'],
  [113, 'IP_PGM'],
  [132, 'SCTP'],
];

/** What usually listens on a port (IANA "Service Name and Transport Protocol Port Number Registry", and practice). */
const TCP_PORTS: readonly (readonly [Application, ...number[]])[] = [
  ['FTP_DATA', 20],
  ['FTP_CONTROL', 21],
  ['SSH', 22],
  ['Telnet', 23],
  ['SMTP', 25, 587],
  ['Whois-DAS', 43, 4343],
  ['DNS', 53],
  ['HTTP', 80],
  ['Kerberos', 88],
  ['POP3', 110],
  ['Usenet', 119],
  ['RPC', 135],
  ['NetBIOS', 137, 138, 139],
  ['IMAP', 143],
  ['BGP', 179],
  ['LDAP', 389],
  ['TLS', 443, 853, 8443],
  ['SMBv23', 445],
  ['SMTPS', 465],
  ['Modbus', 502],
  ['Syslog', 514, 601],
  ['RTSP', 554, 8554],
  ['IPP', 631],
  ['LDAPS', 636, 3269],
  ['RSYNC', 873],
  ['IMAPS', 993],
  ['POPS', 995],
  ['SOCKS', 1080],
  ['MsSQL-TDS', 1433, 1434],
  ['Oracle', 1521],
  ['H323', 1719, 1720],
  ['PPTP', 1723],
  ['MQTT', 1883, 8883],
  ['RTMP', 1935],
  ['CiscoSkinny', 2000],
  ['NFS', 2049],
  ['IEC60870', 2404],
  ['HTTP_Proxy', 3128, 8080],
  ['LDAP', 3268],
  ['MySQL', 3306],
  ['RDP', 3389],
  ['STUN', 3478],
  ['Diameter', 3868],
  ['Munin', 4949],
  ['SIP', 5060, 5061],
  ['Jabber', 5222, 5269],
  ['PostgreSQL', 5432],
  ['AMQP', 5671, 5672],
  ['VNC', 5900, 5901, 5902, 5903],
  ['TeamViewer', 5938],
  ['Redis', 6379],
  ['IRC', 6667, 6697],
  ['BitTorrent', 6881, 6882, 6883],
  ['AnyDesk', 7070],
  ['Git', 9418],
  ['Memcached', 11_211],
  ['DNP3', 20_000],
  ['MongoDB', 27_017],
  ['EthernetIP', 44_818],
  ['S7Comm', 102],
];
const UDP_PORTS: readonly (readonly [Application, ...number[]])[] = [
  ['DNS', 53],
  ['DHCP', 67, 68],
  ['TFTP', 69],
  ['Kerberos', 88],
  ['NTP', 123],
  ['NetBIOS', 137, 138],
  ['SNMP', 161, 162],
  ['XDMCP', 177],
  ['CLDAP', 389],
  ['QUIC', 443],
  ['IPSec', 500, 4500],
  ['Syslog', 514],
  ['DHCPV6', 546, 547],
  ['OpenVPN', 1194],
  ['L2TP', 1701],
  ['Radius', 1645, 1646, 1812, 1813],
  ['SSDP', 1900],
  ['HSRP', 1985],
  ['GTP', 2123, 2152, 3386],
  ['RDP', 3389],
  ['STUN', 3478, 19_302],
  ['Teredo', 3544],
  ['WSD', 3702],
  ['VXLAN', 4789],
  ['SIP', 5060],
  ['CAPWAP', 5246, 5247],
  ['NAT-PMP', 5350, 5351],
  ['MDNS', 5353],
  ['LLMNR', 5355],
  ['CoAP', 5683],
  ['BitTorrent', 6881],
  ['DNP3', 20_000],
  ['collectd', 25_826],
  ['BACnet', 47_808],
  ['WireGuard', 51_820],
];

const byIpProtocol = new Uint8Array(256);
for (const [protocol, name] of IP_PROTOCOLS) byIpProtocol[protocol] = applicationId(name);
const byTcpPort = tableOf(TCP_PORTS);
const byUdpPort = tableOf(UDP_PORTS);

/** The application of an IP protocol that carries no further one (ICMP, OSPF, ...): no guess. 0 for TCP and UDP. */
export function applicationOfIpProtocol(protocol: number): number {
  return byIpProtocol[protocol];
}

/**
 * What the ports of a flow suggest, its destination's first: a guess, for flows whose payload nothing was recognised
 * in. 0 where they suggest nothing, and for other protocols than TCP and UDP.
 */
export function guessApplication(protocol: number, sourcePort: number, destinationPort: number): number {
  if (protocol !== PROTOCOL_TCP && protocol !== PROTOCOL_UDP) return UNKNOWN;
  const table = protocol === PROTOCOL_TCP ? byTcpPort : byUdpPort;
  return table.get(destinationPort) ?? table.get(sourcePort) ?? UNKNOWN;
}

function tableOf(lines: readonly (readonly [Application, ...number[]])[]): Map<number, number> {
  return new Map(lines.flatMap(([name, ...ports]) => ports.map((port) => [port, applicationId(name)])));
}
