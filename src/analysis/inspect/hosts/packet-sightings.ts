import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { readAnswers } from '../../protocols/dns-answers.ts';
import { LLMNR_PORT, MDNS_PORT } from '../../protocols/dns.ts';
import { DHCP_CLIENT_PORT, DHCP_SERVER_PORT, dhcpClient } from '../../protocols/dhcp.ts';
import { DHCPV6_SERVER_PORT, dhcpv6ClientName } from '../../protocols/dhcpv6.ts';
import { behindEmptyLines, httpHost, isHttpRequest } from '../../protocols/http.ts';
import { KERBEROS_PORT, kerberosClient } from '../../protocols/kerberos.ts';
import { type ClearLogin, clearUser, httpLogin } from '../../protocols/logins.ts';
import { NETBIOS_DATAGRAM_PORT, NETBIOS_NAME_PORT, netbiosClaim, netbiosSender } from '../../protocols/netbios.ts';
import { type NtlmSender, ntlmSender } from '../../protocols/ntlm.ts';
import { addressTextAt, wordAt } from '../../net/address-text.ts';
import { linkArp, linkFrame } from './frame-links.ts';
import { type LinkedAddress, MacLinks } from './mac-links.ts';
import type { HostSightings, SightingSource } from './host-sightings.ts';

/** Reads a packet that goes to or comes from a port. */
type PortReader = (host: PacketSightings, packet: Packet, nowMs: number) => void;

/** Bytes of a message over TCP before its length is over, as DNS and Kerberos have it, and of NetBIOS's session. */
const STREAM_HEAD = 4;
/** Behind the head of SMB 2 and 1: the command that sets up a session ([MS-SMB2], section 2.2.1; [MS-CIFS], 2.2.3.1). */
const SMB2_COMMAND = 12;
const SMB1_COMMAND = 4;
const SMB2_SESSION_SETUP = 1;
const SMB1_SESSION_SETUP = 0x73;
/** Stands for a client that does not say who it is (RFC 8062). */
const NOBODY = /^wellknown\//;
const LOCAL = /\.local$/;

/** What packets tell of hosts: names, users and systems, and which MAC address is whose. */
export class PacketSightings {
  readonly told: HostSightings;
  readonly links = new MacLinks();

  /** @param told keeps what packets tell, beside what logs do */
  constructor(told: HostSightings) {
    this.told = told;
  }

  /** Takes a frame without IP. */
  addArp(packet: Packet): void {
    linkArp(packet, this.links);
  }

  /**
   * Takes a packet of a flow.
   *
   * @param begins whether it is its flow's first
   */
  add(packet: Packet, begins: boolean, nowMs: number): void {
    if (begins) linkFrame(packet, () => linkedSource(packet), this.links);
    if (packet.payloadLength === 0) return;
    const place = READER_OF_PORT[packet.destinationPort] || READER_OF_PORT[packet.sourcePort];
    if (place !== 0 && (packet.protocol === PROTOCOL_TCP || packet.protocol === PROTOCOL_UDP))
      READERS[place - 1](this, packet, nowMs);
  }
}

function readDhcp({ links }: PacketSightings, packet: Packet, nowMs: number): void {
  const client = dhcpClient(packet.bytes, packet.payload, endOf(packet));
  if (client === null) return;
  if (client.isRefused) links.refuse(client.mac);
  if (client.address !== 0) links.add(client.mac, client.address, 'own');
  if (client.asked !== 0) links.add(client.mac, client.asked, 'asked');
  for (const name of client.names) links.tell(client.mac, 'name', name, nowMs);
  links.tell(client.mac, 'system', client.vendorClass, nowMs);
}

function readDhcpv6({ told }: PacketSightings, packet: Packet, nowMs: number): void {
  if (packet.destinationPort !== DHCPV6_SERVER_PORT) return;
  told.add(sourceOf(packet), 'name', dhcpv6ClientName(packet.bytes, packet.payload, endOf(packet)), 'dhcp', nowMs);
}

function readNetbiosName({ told }: PacketSightings, packet: Packet, nowMs: number): void {
  told.add(sourceOf(packet), 'name', netbiosClaim(packet.bytes, packet.payload, endOf(packet)), 'netbios', nowMs);
}

function readNetbiosDatagram({ told }: PacketSightings, packet: Packet, nowMs: number): void {
  told.add(sourceOf(packet), 'name', netbiosSender(packet.bytes, packet.payload, endOf(packet)), 'netbios', nowMs);
}

/** Names that a host gives its own address: what others are asked for, or answer for, is not about the sender. */
function readAnnounced(source: SightingSource, port: number): PortReader {
  return ({ told }, packet, nowMs) => {
    if (packet.sourcePort !== port) return;
    const { bytes, payload } = packet;
    readAnswers(bytes, payload, endOf(packet), port === MDNS_PORT, (name, _bytes, at, length) => {
      if (length !== (packet.ipVersion === 6 ? 16 : 4)) return;
      for (let index = 0; index < length; index++) if (bytes[at + index] !== bytes[packet.source + index]) return;
      told.add(sourceOf(packet), 'name', name.replace(LOCAL, ''), source, nowMs);
    });
  };
}

function readKerberos({ told }: PacketSightings, packet: Packet, nowMs: number): void {
  const head = packet.protocol === PROTOCOL_TCP ? STREAM_HEAD : 0;
  const client = kerberosClient(packet.bytes, packet.payload + head, endOf(packet));
  if (client === null || client.isReply !== (packet.sourcePort === KERBEROS_PORT)) return;
  const owner = client.isReply ? destinationOf(packet) : sourceOf(packet);
  const { name, realm } = client;
  if (client.machine !== '') told.add(owner, 'name', client.machine, 'kerberos', nowMs);
  // Machines have a dollar behind their name, or are a service of theirs.
  if (name.endsWith('$')) told.add(owner, 'name', name.slice(0, -1), 'kerberos', nowMs);
  else if (name.startsWith('host/')) told.add(owner, 'name', name.slice(5).split('/', 1)[0], 'kerberos', nowMs);
  else if (client.isProven && !NOBODY.test(name)) told.add(owner, 'user', name, 'kerberos', nowMs);
  told.add(owner, 'domain', realm, 'kerberos', nowMs);
}

function readSmb(host: PacketSightings, packet: Packet, nowMs: number): void {
  const { bytes, payload } = packet;
  const at = payload + STREAM_HEAD;
  const end = endOf(packet);
  if (at + SMB2_COMMAND >= end || bytes[at + 1] !== 0x53 || bytes[at + 2] !== 0x4d || bytes[at + 3] !== 0x42) return;
  const isSetup =
    bytes[at] === 0xfe
      ? bytes[at + SMB2_COMMAND] === SMB2_SESSION_SETUP
      : bytes[at + SMB1_COMMAND] === SMB1_SESSION_SETUP;
  if (isSetup) takeNtlm(host, sourceOf(packet), ntlmSender(bytes, at, end), nowMs);
}

function readHttp(host: PacketSightings, packet: Packet, nowMs: number): void {
  const { bytes } = packet;
  const end = endOf(packet);
  const start = behindEmptyLines(bytes, packet.payload, end);
  if (!isHttpRequest(bytes, start, end)) return;
  const login = httpLogin(bytes, start, end);
  if (login === null) return;
  const owner = sourceOf(packet);
  if (login.token !== null) takeNtlm(host, owner, ntlmSender(login.token, 0, login.token.length), nowMs);
  const server = httpHost(bytes, start, end) || destinationOf(packet);
  if (login.user !== '') host.told.add(owner, 'user', `${login.user} at ${server}`, 'http', nowMs);
}

function readLogin(source: ClearLogin, port: number): PortReader {
  return ({ told }, packet, nowMs) => {
    if (packet.protocol !== PROTOCOL_TCP || packet.destinationPort !== port) return;
    const name = clearUser(packet.bytes, packet.payload, endOf(packet), source);
    if (name !== '') told.add(sourceOf(packet), 'user', `${name} at ${destinationOf(packet)}`, source, nowMs);
  };
}

function takeNtlm({ told }: PacketSightings, owner: string, sender: NtlmSender | null, nowMs: number): void {
  if (sender === null) return;
  told.add(owner, 'name', sender.machine.toLowerCase(), 'ntlm', nowMs);
  told.add(owner, 'system', sender.version === '' ? '' : `Windows ${sender.version}`, 'ntlm', nowMs);
  if (sender.user.endsWith('$')) return;
  told.add(owner, 'user', sender.user, 'ntlm', nowMs);
  told.add(owner, 'domain', sender.user === '' ? '' : sender.domain.toLowerCase(), 'ntlm', nowMs);
}

const READERS: PortReader[] = [];
/** By port: place in `READERS` plus one. */
const READER_OF_PORT = new Uint8Array(65_536);

function readAt(ports: readonly number[], reader: PortReader): void {
  const place = READERS.push(reader);
  for (const port of ports) READER_OF_PORT[port] = place;
}

readAt([DHCP_SERVER_PORT, DHCP_CLIENT_PORT], readDhcp);
readAt([DHCPV6_SERVER_PORT], readDhcpv6);
readAt([NETBIOS_NAME_PORT], readNetbiosName);
readAt([NETBIOS_DATAGRAM_PORT], readNetbiosDatagram);
readAt([LLMNR_PORT], readAnnounced('llmnr', LLMNR_PORT));
readAt([MDNS_PORT], readAnnounced('mdns', MDNS_PORT));
readAt([KERBEROS_PORT], readKerberos);
readAt([139, 445], readSmb);
// What web servers, proxies and remote management listen on.
readAt([80, 3128, 5985, 8000, 8080, 8888], readHttp);
readAt([21], readLogin('ftp', 21));
readAt([110], readLogin('pop3', 110));
readAt([143], readLogin('imap', 143));

function endOf({ payload, payloadLength }: Packet): number {
  return payload + payloadLength;
}

function sourceOf({ bytes, ipVersion, source }: Packet): string {
  return addressTextAt(bytes, source, ipVersion);
}

function linkedSource(packet: Packet): LinkedAddress {
  return packet.ipVersion === 4 ? wordAt(packet.bytes, packet.source) >>> 0 : sourceOf(packet);
}

function destinationOf({ bytes, ipVersion, destination }: Packet): string {
  return addressTextAt(bytes, destination, ipVersion);
}
