import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { contains, isAtPort, type Payload, startsWith, u16, u16LittleEndian, u32, u8 } from './payload.ts';

const SMB1 = applicationId('SMBv1');
const SMB2 = applicationId('SMBv23');
const NETBIOS = applicationId('NetBIOS');
const RPC = applicationId('RPC');
const RDP = applicationId('RDP');
const KERBEROS = applicationId('Kerberos');
const LDAP = applicationId('LDAP');
const CLDAP = applicationId('CLDAP');
const TDS = applicationId('MsSQL-TDS');

const KERBEROS_PORT = 88;
/** The tag of ASN.1's SEQUENCE, with which messages begin. */
const SEQUENCE = 0x30;
const RDP_PORT = 3389;
const CONNECTION_REQUEST = 0xe0;
const CONNECTION_CONFIRM = 0xd0;
/**
 * Messages of TDS that begin a conversation: batch, login, response, login 7, prelogin ([MS-TDS], section 2.2.3.1.1).
 */
const TDS_TYPES = new Set([1, 2, 4, 16, 18]);

/** Recognises what Windows machines say to each other over TCP. */
export function recogniseWindowsTcp(packet: Payload): number {
  if (startsWith(packet, '\u00ffSMB', 4)) return SMB1;
  if (startsWith(packet, '\u00feSMB', 4) || startsWith(packet, '\u00fdSMB', 4)) return SMB2;
  if (isAtPort(packet, 139) && u8(packet, 0) >= 0x81 && u8(packet, 0) <= 0x85 && u8(packet, 1) === 0) return NETBIOS;
  if (isRpc(packet)) return RPC;
  if (isRdp(packet)) return RDP;
  if (isAtPort(packet, KERBEROS_PORT) && isKerberos(packet, 4)) return KERBEROS;
  if (isLdap(packet)) return LDAP;
  return isTds(packet) ? TDS : UNKNOWN;
}

/** The same for datagrams. */
export function recogniseWindowsUdp(packet: Payload): number {
  if (isAtPort(packet, KERBEROS_PORT)) return isKerberos(packet, 0) ? KERBEROS : UNKNOWN;
  if (isAtPort(packet, 389)) return isLdap(packet) ? CLDAP : UNKNOWN;
  if (isAtPort(packet, 138)) return u8(packet, 0) >= 0x10 && u8(packet, 0) <= 0x16 ? NETBIOS : UNKNOWN;
  return isAtPort(packet, RDP_PORT) && isRdpDatagram(packet) ? RDP : UNKNOWN;
}

/** Version 5.0, a type, and one of the two representations of numbers that exist (DCE 1.1: RPC, section 12.6.3.1). */
function isRpc(packet: Payload): boolean {
  const type = u8(packet, 2);
  const representation = u32(packet, 4);
  if (u16(packet, 0) !== 0x0500 || type < 0 || type > 19) return false;
  if (representation === 0x10000000) return u16LittleEndian(packet, 8) >= 16;
  return representation === 0 && u16(packet, 8) === packet.payloadLength;
}

/**
 * A connection request or confirm of X.224 in TPKT, with RDP's cookie or negotiation ([MS-RDPBCGR], section 2.2.1.1).
 */
function isRdp(packet: Payload): boolean {
  const type = u8(packet, 5);
  if (u16(packet, 0) !== 0x0300 || u16(packet, 2) > packet.payloadLength || u8(packet, 4) < 6) return false;
  if (type !== CONNECTION_REQUEST && type !== CONNECTION_CONFIRM) return false;
  if (isAtPort(packet, RDP_PORT) || contains(packet, 'Cookie: mstshash=')) return true;
  const negotiation = u8(packet, 11);
  return negotiation >= 1 && negotiation <= 3 && u16(packet, 13) === 0x0800 && packet.payloadLength === 19;
}

/**
 * The first datagram of the side channel: no sequence number to acknowledge yet, and SYN ([MS-RDPEUDP], section
 * 2.2.2.1).
 */
function isRdpDatagram(packet: Payload): boolean {
  return u32(packet, 0) === 0xffffffff && packet.payloadLength >= 8 && (u8(packet, 7) & 1) === 1;
}

/**
 * The tag of a request or reply (RFC 4120, section 5.4), `at` bytes into the payload: over TCP a length is before it.
 */
function isKerberos(packet: Payload, at: number): boolean {
  const tag = u8(packet, at);
  const form = u8(packet, at + 1);
  const isTag = (tag >= 0x6a && tag <= 0x6f) || (tag >= 0x74 && tag <= 0x76) || tag === 0x7e;
  return isTag && form <= 0x84 && u8(packet, form < 0x80 ? at + 2 : at + 2 + form - 0x80) === SEQUENCE;
}

/** A sequence that holds a message number and an operation (RFC 4511, section 4.1.1). */
function isLdap(packet: Payload): boolean {
  if (u8(packet, 0) !== SEQUENCE) return false;
  const form = u8(packet, 1);
  const at = form < 0x80 ? 2 : form <= 0x84 ? 2 + form - 0x80 : -1;
  const size = u8(packet, at + 1);
  if (at < 0 || u8(packet, at) !== 2 || size < 1 || size > 4) return false;
  const operation = u8(packet, at + 2 + size);
  return (operation >= 0x60 && operation <= 0x79) || operation === 0x42 || operation === 0x4a || operation === 0x50;
}

function isTds(packet: Payload): boolean {
  return (
    TDS_TYPES.has(u8(packet, 0)) &&
    u8(packet, 1) <= 1 &&
    u16(packet, 2) === packet.payloadLength &&
    u8(packet, 7) === 0 &&
    packet.payloadLength >= 8 &&
    (isAtPort(packet, 1433) || u8(packet, 0) >= 16)
  );
}
