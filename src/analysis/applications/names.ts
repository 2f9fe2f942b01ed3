/**
 * Protocols by number, as nDPI names them; 0 is what nobody knows. Services behind a protocol ("Netflix") have no
 * number: an address or a name tells them, not the protocol. Append only, numbers are stored in columns.
 */
export const APPLICATIONS = [
  'Unknown', 'TLS', 'DTLS', 'QUIC', 'HTTP', 'HTTP_Connect', 'HTTP_Proxy', 'DNS', 'MDNS', 'LLMNR', 'NetBIOS', 'DHCP',
  'DHCPV6', 'NTP', 'SSDP', 'SNMP', 'Syslog', 'TFTP', 'Radius', 'Diameter', 'WSD', 'NAT-PMP', 'Whois-DAS', 'SSH',
  'Telnet', 'RDP', 'VNC', 'TeamViewer', 'AnyDesk', 'XDMCP', 'SMBv1', 'SMBv23', 'RPC', 'Kerberos', 'LDAP', 'LDAPS',
  'CLDAP', 'FTP_CONTROL', 'FTP_DATA', 'SMTP', 'SMTPS', 'IMAP', 'IMAPS', 'POP3', 'POPS', 'Usenet', 'IRC', 'Jabber',
  'RSYNC', 'Git', 'NFS', 'IPP', 'MySQL', 'PostgreSQL', 'MsSQL-TDS', 'MongoDB', 'Redis', 'Memcached', 'Oracle', 'DRDA',
  'FastCGI', 'FIX', 'Munin', 'collectd', 'MQTT', 'AMQP', 'CoAP', 'TuyaLP', 'Modbus', 'S7Comm', 'DNP3', 'BACnet',
  'IEC60870', 'EthernetIP', 'SOMEIP', 'STUN', 'SIP', 'RTP', 'RTCP', 'RTSP', 'RTMP', 'H323', 'MPEG_TS', 'CiscoSkinny',
  'BitTorrent', 'Gnutella', 'Mining', 'SOCKS', 'WireGuard', 'OpenVPN', 'IPSec', 'L2TP', 'PPTP', 'Teredo', 'GTP',
  'VXLAN', 'CAPWAP', 'ICMP', 'ICMPV6', 'IGMP', 'GRE', 'SCTP', 'OSPF', 'VRRP', 'HSRP', 'BGP', 'EGP', 'IP_in_IP',
  'IP_PIM', 'IP_PGM',
] as const;

export type Application = (typeof APPLICATIONS)[number];

export const UNKNOWN = 0;

const IDS = new Map<string, number>(APPLICATIONS.map((name, id) => [name, id]));

/** The number of a protocol. */
export function applicationId(name: Application): number {
  return IDS.get(name) ?? UNKNOWN;
}
