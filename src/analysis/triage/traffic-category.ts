import { PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from 'pcap-ts-parser';
import { isClockPort, NAMING_PORTS } from '../protocols/service-ports.ts';

/** What a connection is there for by its port and application; the index is what columns store. */
export const TRAFFIC_CATEGORIES = ['other', 'control', 'naming', 'clock', 'directory', 'mail', 'push', 'web'] as const;
export type TrafficCategory = (typeof TRAFFIC_CATEGORIES)[number];

const IGMP = 2;

/** Application names in lower case, without anything but letters and digits. */
const NAMING = new Set(['dns', 'mdns', 'llmnr', 'netbios']);
const CLOCK = new Set([
  'ntp',
  'ssdp',
  'dhcp',
  'dhcpv6',
  'igmp',
  'icmp',
  'icmpv6',
  'stun',
  'mqtt',
  'snmp',
  'syslog',
  'xmpp',
  'jabber',
]);
const DIRECTORY = new Set(['kerberos', 'ldap', 'cldap', 'smb', 'smbv1', 'smbv23', 'rpc', 'dcerpc', 'msrpc', 'ntlm']);

const DIRECTORY_PORTS = new Set([88, 135, 139, 389, 445, 464, 636, 3268, 3269]);
const MAIL_PORTS = new Set([25, 465, 587, 110, 143, 993, 995]);
const PUSH_PORTS = new Set([5222, 5223, 5228, 5229, 5230]);
export const WEB_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/** Ports of remote consoles and databases, which are scanned day and night: a failed try says nothing. */
export const ADMIN_PORTS: ReadonlySet<number> = new Set([20, 21, 22, 23, 3389, 5900, 3306, 5432, 1433, 1521]);

/** The service of a connection: the first that its port, protocol or application speaks for. */
export function trafficCategoryOf(application: string, protocol: number, port: number): TrafficCategory {
  const plain = plainName(application);
  if (port === 0 || protocol === PROTOCOL_ICMP || protocol === IGMP || protocol === PROTOCOL_ICMPV6) return 'control';
  if (NAMING.has(plain) || NAMING_PORTS.has(port)) return 'naming';
  if (CLOCK.has(plain) || isClockPort(protocol, port)) return 'clock';
  if (DIRECTORY.has(plain) || DIRECTORY_PORTS.has(port)) return 'directory';
  if (MAIL_PORTS.has(port)) return 'mail';
  if (PUSH_PORTS.has(port)) return 'push';
  return WEB_PORTS.has(port) ? 'web' : 'other';
}

/** What triage tells applications apart by. */
export type ProtocolClass = 'unknown' | 'tls' | 'http' | 'proxy' | 'quic' | 'ssh' | 'mining' | 'purpose';

const SPEECH = new Map<string, ProtocolClass>([
  ['', 'unknown'],
  ['unknown', 'unknown'],
  ['tls', 'tls'],
  ['http', 'http'],
  ['httpproxy', 'proxy'],
  ['httpconnect', 'proxy'],
  ['quic', 'quic'],
  ['ssh', 'ssh'],
  ['mining', 'mining'],
  ['stratum', 'mining'],
]);

/** Which of the protocols that implants speak an application is; any other has a purpose of its own. */
export function protocolClassOf(application: string): ProtocolClass {
  return SPEECH.get(plainName(application)) ?? 'purpose';
}

/** Applications are a fixed list: each is looked at once. */
const plainNames = new Map<string, string>();

function plainName(application: string): string {
  let plain = plainNames.get(application);
  if (plain === undefined) {
    plain = application.toLowerCase().replaceAll(/[^a-z\d]/g, '');
    plainNames.set(application, plain);
  }
  return plain;
}
