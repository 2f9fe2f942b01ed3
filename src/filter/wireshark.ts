import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import type { Field, FieldKind } from './fields.ts';

/** What a field of Wireshark's is here: a field, for rows of some protocol alone. */
export interface DisplayField {
  field: Field;
  /** Another kind of value than the field's own: `ip.src` takes no name. */
  kind?: FieldKind;
  /** The rows that have it: those of an IP version, of an IP protocol, or of an application. */
  version?: 4 | 6;
  protocol?: number;
  applications?: readonly string[];
}

const HTTP = ['HTTP', 'HTTP_Connect', 'HTTP_Proxy'];
const TLS = ['TLS'];
const DNS = ['DNS'];

const end = (field: Field, version: 4 | 6): DisplayField => ({ field, kind: 'address', version });

/** Display filter fields that people type (Wireshark's reference of display filters), by name. */
const DISPLAY_FIELDS: Readonly<Record<string, DisplayField>> = {
  'ip.addr': end('addr', 4),
  'ip.src': end('src', 4),
  'ip.dst': end('dst', 4),
  'ipv6.addr': end('addr', 6),
  'ipv6.src': end('src', 6),
  'ipv6.dst': end('dst', 6),
  'ip.host': { field: 'host', version: 4 },
  'ip.src_host': { field: 'src', version: 4 },
  'ip.dst_host': { field: 'dst', version: 4 },
  'ipv6.host': { field: 'host', version: 6 },
  'ip.proto': { field: 'proto', version: 4 },
  'ipv6.nxt': { field: 'proto', version: 6 },
  'tcp.port': { field: 'port', protocol: PROTOCOL_TCP },
  'tcp.dstport': { field: 'port', protocol: PROTOCOL_TCP },
  'tcp.srcport': { field: 'sport', protocol: PROTOCOL_TCP },
  'udp.port': { field: 'port', protocol: PROTOCOL_UDP },
  'udp.dstport': { field: 'port', protocol: PROTOCOL_UDP },
  'udp.srcport': { field: 'sport', protocol: PROTOCOL_UDP },
  'tls.handshake.extensions_server_name': { field: 'name', applications: [...TLS, 'QUIC'] },
  'ssl.handshake.extensions_server_name': { field: 'name', applications: [...TLS, 'QUIC'] },
  'tls.handshake.ja3': { field: 'ja3', applications: TLS },
  'tls.handshake.ja3s': { field: 'ja3s', applications: TLS },
  'tls.handshake.ja4': { field: 'ja4', applications: TLS },
  'http.host': { field: 'name', applications: HTTP },
  'http.user_agent': { field: 'ua', applications: HTTP },
  'http.content_type': { field: 'mime', applications: HTTP },
  'dns.qry.name': { field: 'query', applications: DNS },
};

/** Protocols that stand for themselves in a display filter. */
const DISPLAY_PROTOCOLS: Readonly<Record<string, Omit<DisplayField, 'field'>>> = {
  ip: { version: 4 },
  ipv6: { version: 6 },
  tcp: { protocol: PROTOCOL_TCP },
  udp: { protocol: PROTOCOL_UDP },
  icmp: { protocol: 1 },
  icmpv6: { protocol: 58 },
  igmp: { protocol: 2 },
  sctp: { protocol: 132 },
  tls: { applications: TLS },
  ssl: { applications: TLS },
  dtls: { applications: ['DTLS'] },
  quic: { applications: ['QUIC'] },
  http: { applications: HTTP },
  dns: { applications: DNS },
  mdns: { applications: ['MDNS'] },
  llmnr: { applications: ['LLMNR'] },
  ntp: { applications: ['NTP'] },
  dhcp: { applications: ['DHCP'] },
  smb: { applications: ['SMBv1'] },
  smb2: { applications: ['SMBv23'] },
  ssh: { applications: ['SSH'] },
  kerberos: { applications: ['Kerberos'] },
};

/** When a packet came: a connection is met when any moment from its first packet to its last is. */
export const FRAME_TIME: ReadonlySet<string> = new Set(['frame.time', 'frame.time_epoch', 'frame.time_utc']);

/** Fields that mean nothing where rows are connections, by how they begin, and what there is in their place. */
const NOT_HERE: readonly (readonly [string, string])[] = [
  ['frame.len', 'sizes are those of connections: bytes, sent, received'],
  ['frame.', 'rows are connections, not frames: use first, last, duration, bytes or flows'],
  ['eth.', 'connections have no Ethernet addresses: use src, dst or host'],
  ['tcp.stream', 'streams have no numbers here: use src, dst and port'],
  ['tcp.flags', 'rows are connections, not segments: "no answer" is among the reasons (reason contains answer)'],
  ['tcp.', 'of TCP there are tcp.port, tcp.srcport and tcp.dstport'],
  ['udp.', 'of UDP there are udp.port, udp.srcport and udp.dstport'],
  ['ipv6.', 'of IPv6 there are ipv6.addr, ipv6.src, ipv6.dst and ipv6.nxt'],
  ['ip.', 'of IP there are ip.addr, ip.src, ip.dst, ip.host and ip.proto'],
  ['tls.', 'of TLS there are tls.handshake.extensions_server_name, .ja3, .ja3s and .ja4'],
  ['ssl.', 'of TLS there are tls.handshake.extensions_server_name, .ja3, .ja3s and .ja4'],
  ['http.', 'of HTTP there are http.host, http.user_agent and http.content_type; requests are in the detail'],
  ['http2.', 'of HTTP there are http.host, http.user_agent and http.content_type'],
  ['dns.', 'of DNS there is dns.qry.name; the list of DNS has domain, queries, subdomains and rtype, too'],
];

/** The field that a display filter means; null for none. */
export function displayField(name: string): DisplayField | null {
  const key = name.toLowerCase();
  return Object.hasOwn(DISPLAY_FIELDS, key) ? DISPLAY_FIELDS[key] : null;
}

/** The rows that a protocol's name stands for; null where the word is none. */
export function displayProtocol(word: string): Omit<DisplayField, 'field'> | null {
  const key = word.toLowerCase();
  return Object.hasOwn(DISPLAY_PROTOCOLS, key) ? DISPLAY_PROTOCOLS[key] : null;
}

/** What there is in the place of a field of Wireshark's that means nothing here; null for what is none. */
export function insteadOf(name: string): string | null {
  const key = name.toLowerCase();
  return NOT_HERE.find(([beginning]) => key.startsWith(beginning))?.[1] ?? null;
}

/** Names of all that a display filter may say here. */
export function displayNames(): string[] {
  return [...Object.keys(DISPLAY_FIELDS), ...FRAME_TIME];
}

export function protocolWords(): string[] {
  return Object.keys(DISPLAY_PROTOCOLS);
}
