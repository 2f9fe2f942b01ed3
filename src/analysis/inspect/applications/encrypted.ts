import { isDtlsRecord } from '../../protocols/dtls.ts';
import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { isOldClientHello } from '../../protocols/tls.ts';
import { isReservedVersion } from '../../protocols/quic-keys.ts';
import { isAtPort, type Payload, startsWith, u16, u32, u8 } from './payload.ts';

const TLS = applicationId('TLS');
const DTLS = applicationId('DTLS');
const QUIC = applicationId('QUIC');
const IMAPS = applicationId('IMAPS');
const POPS = applicationId('POPS');
const SMTPS = applicationId('SMTPS');
const LDAPS = applicationId('LDAPS');
const WIREGUARD = applicationId('WireGuard');
const OPENVPN = applicationId('OpenVPN');
const IPSEC = applicationId('IPSec');
const SSH = applicationId('SSH');

/** Protocols that have a name of their own inside TLS, by their port. */
const OVER_TLS = new Uint8Array(65_536);
for (const [port, id] of [
  [993, IMAPS],
  [995, POPS],
  [465, SMTPS],
  [636, LDAPS],
])
  OVER_TLS[port] = id;

/** Content types of records, and the longest one there may be (RFC 8446, section 5.1; RFC 5246, section 6.2.3). */
const CHANGE_CIPHER_SPEC = 20;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const LONGEST_RECORD = 16_384 + 2048;

const OPENVPN_PORT = 1194;
const CLIENT_RESET_V2 = 7;
const SERVER_RESET_V2 = 8;
const CLIENT_RESET_V3 = 10;
/** What comes behind the opcode when nothing is protected: session id, no acknowledgements, packet number. */
const PLAIN_RESET_LENGTH = 14;

/** Recognises protocols that encrypt what a TCP stream carries. */
export function recogniseEncryptedTcp(packet: Payload): number {
  if (isTlsRecord(packet) || isSslHello(packet)) return tlsName(packet);
  if (startsWith(packet, 'SSH-')) return SSH;
  const { payloadLength } = packet;
  const isOpenVpn =
    isReset(u8(packet, 2) >> 3) && u16(packet, 0) === payloadLength - 2 && payloadLength > PLAIN_RESET_LENGTH;
  return isOpenVpn ? OPENVPN : UNKNOWN;
}

/** Recognises protocols that encrypt datagrams. */
export function recogniseEncryptedUdp(packet: Payload): number {
  const { bytes, payload, payloadLength } = packet;
  if (isDtlsRecord(bytes, payload, payload + payloadLength)) return DTLS;
  if (isQuic(packet)) return QUIC;
  if (isWireGuard(packet)) return WIREGUARD;
  if (isIke(packet, 0) || (u32(packet, 0) === 0 && isIke(packet, 4))) return IPSEC;
  return isOpenVpnReset(packet) ? OPENVPN : UNKNOWN;
}

/** A record of TLS, of the handshake or of what comes after it. */
function isTlsRecord(packet: Payload): boolean {
  const type = u8(packet, 0);
  if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || u8(packet, 1) !== 3 || u8(packet, 2) > 4) return false;
  const length = u16(packet, 3);
  return length > 0 && length <= LONGEST_RECORD && (type !== HANDSHAKE || isHandshakeMessage(packet));
}

/** Handshake messages have types up to 24 and lengths below 2^20; an encrypted one begins with anything. */
function isHandshakeMessage(packet: Payload): boolean {
  const type = u8(packet, 5);
  return type <= 0 || (type <= 24 && u8(packet, 6) < 16) || u16(packet, 3) <= packet.payloadLength - 5;
}

/** A hello in the format of SSL 2.0, alone in its segment. */
function isSslHello(packet: Payload): boolean {
  const { bytes, payload, payloadLength } = packet;
  return u8(packet, 1) + 2 === payloadLength && isOldClientHello(bytes, payload, payload + payloadLength);
}

function tlsName(packet: Payload): number {
  return OVER_TLS[packet.destinationPort] || OVER_TLS[packet.sourcePort] || TLS;
}

/** A long header of a known version (RFC 9000, section 15; RFC 9369), or what Google had before that. */
function isQuic(packet: Payload): boolean {
  const flags = u8(packet, 0);
  if (flags >= 0x80) return isQuicVersion(u32(packet, 1)) && (u8(packet, 5) <= 20 || u32(packet, 1) >>> 16 === 0x5130);
  const hasVersion = (flags & 1) !== 0 && (flags & 8) !== 0 && flags < 0x40;
  return hasVersion && startsWith(packet, 'Q0', 9);
}

function isQuicVersion(version: number): boolean {
  if (version === 1 || version === 0x6b3343cf || isReservedVersion(version)) return true;
  const family = Math.floor(version / 256);
  const google = Math.floor(version / 65536);
  return family === 0xff0000 || family === 0xff0200 || family === 0xfaceb0 || google === 0x5130 || google === 0x5430;
}

/** Message types have fixed lengths (WireGuard whitepaper, section 5.4). */
function isWireGuard(packet: Payload): boolean {
  const { payloadLength } = packet;
  const type = u8(packet, 0);
  if (type < 1 || type > 4 || u8(packet, 1) !== 0 || u16(packet, 2) !== 0) return false;
  if (type === 4) return payloadLength >= 32 && payloadLength % 16 === 0 && isAtPort(packet, 51_820);
  return payloadLength === [148, 92, 64][type - 1];
}

/** An ISAKMP header whose length is that of the datagram (RFC 7296, section 3.1), behind four zeros on port 4500. */
function isIke(packet: Payload, at: number): boolean {
  const version = u8(packet, at + 17);
  return (version === 0x10 || version === 0x20) && u32(packet, at + 24) === packet.payloadLength - at;
}

function isOpenVpnReset(packet: Payload): boolean {
  const first = u8(packet, 0);
  if ((first & 7) !== 0 || !isReset(first >> 3) || packet.payloadLength < PLAIN_RESET_LENGTH) return false;
  if (isAtPort(packet, OPENVPN_PORT)) return true;
  const isPlain = packet.payloadLength === PLAIN_RESET_LENGTH && u8(packet, 9) === 0 && u32(packet, 10) === 0;
  return isPlain && first >> 3 !== SERVER_RESET_V2;
}

function isReset(opcode: number): boolean {
  return opcode === CLIENT_RESET_V2 || opcode === SERVER_RESET_V2 || opcode === CLIENT_RESET_V3;
}
