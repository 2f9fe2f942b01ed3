import { type Packet, PROTOCOL_UDP } from 'pcap-ts-parser';
import { cutElementAt, elementAt } from './der.ts';
import { DHCP_SERVER_PORT } from './dhcp.ts';
import { DHCPV6_SERVER_PORT } from './dhcpv6.ts';
import { LLMNR_PORT, MDNS_PORT } from './dns.ts';
import { KERBEROS_PORT } from './kerberos.ts';
import { NETBIOS_NAME_PORT } from './netbios.ts';
import { isQuicLongHeader } from './quic.ts';
import { servesAt } from './service-ports.ts';
import { SSDP_PORT } from './ssdp.ts';
import { isStun } from './stun.ts';

/** Whether what a datagram holds in `bytes[start, end)` answers something. */
type Reply = (bytes: Uint8Array, start: number, end: number) => boolean;

const QUIC_PORT = 443;
/** The two first bits of a short header of QUIC (RFC 9000, section 17.3.1). */
const SHORT_HEADER = 0x40;

/** Version and community before the message of SNMP, and that message: a response, or a report (RFC 3416, section 3). */
const SEQUENCE = 0x30;
const BEFORE_MESSAGE = [0x02, 0x04];
const SNMP_REPLIES: ReadonlySet<number> = new Set([0xa2, 0xa8]);

/** Replies to who asks for a ticket, and errors (RFC 4120, section 5.10). */
const KERBEROS_REPLIES: ReadonlySet<number> = new Set([0x6b, 0x6d, 0x7e]);
/** Accept, reject, accounting's response and challenge (RFC 2865, section 3; RFC 2866, section 3). */
const RADIUS_REPLIES: ReadonlySet<number> = new Set([2, 3, 5, 11]);
/** Advertise and reply (RFC 8415, section 7.3). */
const DHCPV6_REPLIES: ReadonlySet<number> = new Set([2, 7]);
/** A client is told to try again, or is greeted (RFC 6347, section 4.3.2): types behind a record's header. */
const DTLS_REPLIES: ReadonlySet<number> = new Set([2, 3]);

const isNtpReply: Reply = (bytes, start, end) => {
  const mode = bytes[start] & 7;
  // A server's time; and control messages, whose bit says so (RFC 5905, section 7.3; RFC 9327, section 2).
  return mode === 4 ? end - start >= 48 : mode === 6 && end - start >= 12 && bytes[start + 1] >= 0x80;
};

const isSnmpReply: Reply = (bytes, start, end) => {
  const message = cutElementAt(bytes, start, end);
  if (message?.tag !== SEQUENCE) return false;
  let at = message.start;
  for (const tag of BEFORE_MESSAGE) {
    const part = elementAt(bytes, at, message.end);
    if (part?.tag !== tag) return false;
    at = part.end;
  }
  return at < message.end && SNMP_REPLIES.has(bytes[at]);
};

/** A reply, and the magic cookie before the options (RFC 2131, section 2). */
const isBootReply: Reply = (bytes, start, end) => {
  return end - start >= 240 && bytes[start] === 2 && bytes[start + 236] === 0x63 && bytes[start + 237] === 0x82;
};

const isRadiusReply: Reply = (bytes, start, end) => end - start >= 20 && RADIUS_REPLIES.has(bytes[start]);
const isDhcpv6Reply: Reply = (bytes, start, end) => end - start >= 4 && DHCPV6_REPLIES.has(bytes[start]);
const isKerberosReply: Reply = (bytes, start, end) => end - start >= 8 && KERBEROS_REPLIES.has(bytes[start]);
/** The bit for a response (RFC 1035, section 4.1.1), as NetBIOS has it, too (RFC 1002, section 4.2.1). */
const isNameReply: Reply = (bytes, start, end) => end - start >= 12 && bytes[start + 2] >= 0x80;
/** The server's reset begins a session of OpenVPN as the client's does before it: its opcode is in the upper five bits. */
const isOpenVpnReply: Reply = (bytes, start, end) => end - start >= 14 && bytes[start] >> 3 === 8;
/** Who did not begin an association of IKE says so in each message of version 2 (RFC 7296, section 3.1). */
const isIkeReply: Reply = (bytes, start, end) => {
  return end - start >= 28 && bytes[start + 17] === 0x20 && (bytes[start + 19] & 0x08) === 0;
};
/** The same behind four zeros (RFC 3948, section 2.2). */
const isShiftedIkeReply: Reply = (bytes, start, end) => {
  return (
    end - start > 4 && bytes.subarray(start, start + 4).every((byte) => byte === 0) && isIkeReply(bytes, start + 4, end)
  );
};

/** By the port of the service that a datagram comes from. */
const BY_PORT: ReadonlyMap<number, Reply> = new Map([
  [123, isNtpReply],
  [161, isSnmpReply],
  [DHCP_SERVER_PORT, isBootReply],
  [DHCPV6_SERVER_PORT, isDhcpv6Reply],
  [KERBEROS_PORT, isKerberosReply],
  [1812, isRadiusReply],
  [1813, isRadiusReply],
  [NETBIOS_NAME_PORT, isNameReply],
  [MDNS_PORT, isNameReply],
  [LLMNR_PORT, isNameReply],
  [SSDP_PORT, beginsWith('HTTP/1.1 200')],
  [5060, beginsWith('SIP/2.0 ')],
  [500, isIkeReply],
  [4500, isShiftedIkeReply],
  [1194, isOpenVpnReply],
]);

/**
 * Whether a datagram to one host answers another, by what it says: then the end that it goes to has asked. Of QUIC both
 * ends say the same once a connection is there: the port tells which of them serves.
 */
export function isReply(packet: Packet): boolean {
  const { bytes, payload, payloadLength, protocol, sourcePort, destinationPort } = packet;
  if (protocol !== PROTOCOL_UDP || payloadLength === 0 || goesToGroup(packet)) return false;
  const end = payload + payloadLength;
  const ofService = BY_PORT.get(sourcePort);
  if (ofService !== undefined) return ofService(bytes, payload, end);
  if (sourcePort === QUIC_PORT && servesAt(sourcePort, destinationPort)) return isQuic(bytes, payload, end);
  return isStunReply(bytes, payload, end) || isDtlsReply(bytes, payload, end) || isWireGuardReply(bytes, payload, end);
}

function isQuic(bytes: Uint8Array, start: number, end: number): boolean {
  return (bytes[start] & 0xc0) === SHORT_HEADER || isQuicLongHeader(bytes, start, end);
}

/** A success or an error (RFC 8489, section 5). */
function isStunReply(bytes: Uint8Array, start: number, end: number): boolean {
  return isStun(bytes, start, end) && (bytes[start] & 1) === 1;
}

function isDtlsReply(bytes: Uint8Array, start: number, end: number): boolean {
  const isHandshake = end - start > 13 && bytes[start] === 22 && bytes[start + 1] === 0xfe;
  return isHandshake && DTLS_REPLIES.has(bytes[start + 13]);
}

/** The second message of WireGuard's handshake has a length of its own (WireGuard whitepaper, section 5.4). */
function isWireGuardReply(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 92 && bytes[start] === 2 && bytes[start + 1] + bytes[start + 2] + bytes[start + 3] === 0;
}

/** Whether a packet goes to many: multicast and broadcast. Nobody there has asked. */
export function goesToGroup({ bytes, destination, ipVersion }: Packet): boolean {
  return ipVersion === 6 ? bytes[destination] === 0xff : bytes[destination] >= 224;
}

function beginsWith(text: string): Reply {
  const wanted = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return (bytes, start, end) => end - start >= wanted.length && wanted.every((byte, at) => bytes[start + at] === byte);
}
