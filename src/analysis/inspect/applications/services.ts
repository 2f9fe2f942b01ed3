import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { dnsCountsFit } from '../../protocols/dns.ts';
import { contains, isAtOneOf, isAtPort, type Payload, portSet, startsWith, u16, u32, u8 } from './payload.ts';
import { isSyslog } from './text.ts';

const DNS = applicationId('DNS');
const MDNS = applicationId('MDNS');
const LLMNR = applicationId('LLMNR');
const NETBIOS = applicationId('NetBIOS');
const DHCP = applicationId('DHCP');
const DHCPV6 = applicationId('DHCPV6');
const NTP = applicationId('NTP');
const SNMP = applicationId('SNMP');
const SYSLOG = applicationId('Syslog');
const TFTP = applicationId('TFTP');
const RADIUS = applicationId('Radius');
const DIAMETER = applicationId('Diameter');
const WSD = applicationId('WSD');
const NAT_PMP = applicationId('NAT-PMP');
const HSRP = applicationId('HSRP');
const XDMCP = applicationId('XDMCP');
const COLLECTD = applicationId('collectd');
const BGP = applicationId('BGP');
const PPTP = applicationId('PPTP');

const DNS_HEADER = 12;
const NTP_LENGTH = 48;
const NTP_CONTROL = 6;
const NTP_PRIVATE = 7;
const RADIUS_PORTS = portSet(1812, 1813, 1645, 1646, 3799);
/** Ports that what is asked first is bound to, and those of what is asked last. */
const FIRST_PORTS = portSet(53, 5353, 5355, 137, 123, 67, 68, 546, 547);
const LAST_PORTS = portSet(3702, 1985, 5350, 5351, 177, 25_826);
const TFTP_MODES = ['octet', 'netascii', 'OCTET', 'NETASCII', 'Octet', 'mail'];
/** A block of 512 bytes behind its header. */
const TFTP_BLOCK = 516;
const LAST_COLLECTD_PART = 0x0210;

/** Recognises the services of a network that datagrams carry: names, addresses, time, logs. */
export function recogniseServiceUdp(packet: Payload): number {
  return isAtOneOf(packet, FIRST_PORTS) ? recogniseAtFirstPorts(packet) : recogniseElsewhere(packet);
}

function recogniseAtFirstPorts(packet: Payload): number {
  if (isAtPort(packet, 53)) return isDns(packet, 0) ? DNS : UNKNOWN;
  if (isAtPort(packet, 5353)) return isDns(packet, 0) ? MDNS : UNKNOWN;
  if (isAtPort(packet, 5355)) return isDns(packet, 0) ? LLMNR : UNKNOWN;
  if (isAtPort(packet, 137)) return isDns(packet, 0) ? NETBIOS : UNKNOWN;
  if (isAtPort(packet, 123)) return isNtp(packet) ? NTP : UNKNOWN;
  if ((isAtPort(packet, 67) || isAtPort(packet, 68)) && isBootp(packet)) return DHCP;
  if (isAtPort(packet, 546) || isAtPort(packet, 547))
    return u8(packet, 0) >= 1 && u8(packet, 0) <= 13 ? DHCPV6 : UNKNOWN;
  return recogniseElsewhere(packet);
}

function recogniseElsewhere(packet: Payload): number {
  if (isSnmp(packet)) return SNMP;
  if (isSyslog(packet)) return SYSLOG;
  if (isTftp(packet)) return TFTP;
  if (isAtOneOf(packet, RADIUS_PORTS)) return isRadius(packet) ? RADIUS : UNKNOWN;
  return isAtOneOf(packet, LAST_PORTS) ? recogniseByPort(packet) : UNKNOWN;
}

/** The same over TCP. */
export function recogniseServiceTcp(packet: Payload): number {
  if (isAtPort(packet, 53) && u16(packet, 0) >= DNS_HEADER && isDns(packet, 2)) return DNS;
  // Sixteen bytes of ones, a length, and a type of message (RFC 4271, section 4.1).
  const hasMarker = u32(packet, 0) === 0xffffffff && u32(packet, 12) === 0xffffffff;
  if (hasMarker && u16(packet, 16) >= 19 && u8(packet, 18) <= 5) return BGP;
  // Version 1, and a length that is a multiple of four (RFC 6733, section 3).
  const isDiameter = u8(packet, 0) === 1 && isAtPort(packet, 3868) && u16(packet, 2) === packet.payloadLength;
  if (isDiameter) return DIAMETER;
  return isAtPort(packet, 1723) && u32(packet, 4) === 0x1a2b3c4d ? PPTP : UNKNOWN;
}

/** Formats of few bytes that say much only on their port. */
function recogniseByPort(packet: Payload): number {
  if (isAtPort(packet, 3702) && contains(packet, 'soap')) return WSD;
  if (isAtPort(packet, 1985) && u8(packet, 0) <= 2 && packet.payloadLength >= 16) return HSRP;
  if ((isAtPort(packet, 5350) || isAtPort(packet, 5351)) && isNatPmp(packet)) return NAT_PMP;
  if (isAtPort(packet, 177) && u16(packet, 0) === 1 && u16(packet, 4) === packet.payloadLength - 6) return XDMCP;
  // A part of the binary protocol: its type, its length, text that ends in a zero.
  const partLength = u16(packet, 2);
  const isPart = u16(packet, 0) <= LAST_COLLECTD_PART && partLength >= 4 && partLength <= packet.payloadLength;
  return isPart && isAtPort(packet, 25_826) ? COLLECTD : UNKNOWN;
}

/** Version 0, and a datagram as short as all of them are (RFC 6886, section 3). */
function isNatPmp(packet: Payload): boolean {
  return u8(packet, 0) === 0 && packet.payloadLength >= 2 && packet.payloadLength <= 16;
}

/** A header whose counts fit a message (RFC 1035, section 4.1.1), `at` bytes into the payload. */
function isDns(packet: Payload, at: number): boolean {
  if (packet.payloadLength < at + DNS_HEADER || !dnsCountsFit(packet.bytes, packet.payload + at)) return false;
  const isCounted = u32(packet, at + 4) !== 0 || u32(packet, at + 8) !== 0;
  return isCounted || u8(packet, at + 2) >= 0x80;
}

/**
 * A header of version 1 to 4 (RFC 5905, section 7.3) whose stratum and poll exponent exist: on this port other things
 * hide. Control messages count their data (RFC 9327, section 2), private ones name an implementation.
 */
function isNtp(packet: Payload): boolean {
  const { payloadLength } = packet;
  const version = (u8(packet, 0) >> 3) & 7;
  const mode = u8(packet, 0) & 7;
  if (version < 1 || version > 4 || mode === 0) return false;
  if (mode === NTP_CONTROL) return payloadLength >= 12 && u16(packet, 10) <= payloadLength - 12 && u8(packet, 1) !== 0;
  if (mode === NTP_PRIVATE) return payloadLength >= 8 && u8(packet, 2) <= 3;
  const poll = u8(packet, 2);
  return payloadLength >= NTP_LENGTH && payloadLength % 4 === 0 && u8(packet, 1) <= 16 && (poll <= 17 || poll >= 0xfa);
}

function isBootp(packet: Payload): boolean {
  return packet.payloadLength >= 240 && u8(packet, 0) >= 1 && u8(packet, 0) <= 2 && u32(packet, 236) === 0x63825363;
}

/** A sequence with the version, and a community or the header of version 3 (RFC 3416; RFC 3412, section 6). */
function isSnmp(packet: Payload): boolean {
  if (u8(packet, 0) !== 0x30 || !(isAtPort(packet, 161) || isAtPort(packet, 162))) return false;
  const form = u8(packet, 1);
  const at = form < 0x80 ? 2 : 2 + (form & 3);
  return (
    u16(packet, at) === 0x0201 && u8(packet, at + 2) <= 3 && (u8(packet, at + 3) === 4 || u8(packet, at + 3) === 0x30)
  );
}

/**
 * A request to read or write: a name, and a mode that ends the datagram or comes before options (RFC 1350, section 5).
 * What follows comes from another port: a first whole block, or the acknowledgement of options (RFC 2347).
 */
function isTftp(packet: Payload): boolean {
  const operation = u16(packet, 0);
  if (operation === 1 || operation === 2) return TFTP_MODES.some((mode) => contains(packet, `\0${mode}\0`));
  if (isAtPort(packet, 69)) return operation >= 3 && operation <= 6;
  if (operation === 3) return u16(packet, 2) === 1 && packet.payloadLength === TFTP_BLOCK;
  if (operation === 4) return u16(packet, 2) === 0 && packet.payloadLength === 4;
  return operation === 6 && (contains(packet, 'blksize') || contains(packet, 'tsize'));
}

function isRadius(packet: Payload): boolean {
  const code = u8(packet, 0);
  return code >= 1 && code <= 45 && u16(packet, 2) >= 20 && u16(packet, 2) <= packet.payloadLength;
}

/** Recognises the handshake of SOCKS 4 and 5 (RFC 1928, section 3): every method named is one that exists. */
export function isSocks(packet: Payload): boolean {
  const { payloadLength } = packet;
  if (u8(packet, 0) === 4) {
    const ends = payloadLength >= 9 && u8(packet, payloadLength - 1) === 0;
    return ends && u8(packet, 1) >= 1 && u8(packet, 1) <= 2 && u16(packet, 2) > 0;
  }
  const methods = u8(packet, 1);
  if (u8(packet, 0) !== 5 || methods < 1 || payloadLength !== methods + 2) return false;
  for (let at = 2; at < payloadLength; at++) {
    if (u8(packet, at) > 9 && u8(packet, at) < 0x80) return false;
  }
  return true;
}

/** Options that a Telnet server or client negotiates first (RFC 854): IAC, WILL to DONT, an option. */
export function isTelnet(packet: Payload): boolean {
  return (
    u8(packet, 0) === 0xff &&
    u8(packet, 1) >= 0xfa &&
    u8(packet, 1) <= 0xfe &&
    u8(packet, 2) >= 0 &&
    u8(packet, 2) <= 50 &&
    (packet.payloadLength === 3 || startsWith(packet, '\u00ff', 3) || u8(packet, 1) === 0xfa || isAtPort(packet, 23))
  );
}
