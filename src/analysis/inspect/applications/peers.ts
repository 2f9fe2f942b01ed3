import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { isAtOneOf, isAtPort, type Payload, portSet, startsWith, u16, u32, u32LittleEndian, u8 } from './payload.ts';

const BITTORRENT = applicationId('BitTorrent');
const MINING = applicationId('Mining');
const TEAMVIEWER = applicationId('TeamViewer');
const GTP = applicationId('GTP');
const VXLAN = applicationId('VXLAN');
const GENEVE = applicationId('Geneve');
const CAPWAP = applicationId('CAPWAP');
const L2TP = applicationId('L2TP');
const TEREDO = applicationId('Teredo');

/** First bytes of every message of Bitcoin's main and test networks. */
const BITCOIN = new Set([0xf9beb4d9, 0x0b110907]);
const TEAMVIEWER_PORT = 5938;
const GTP_HEADERS = new Set([4, 6, 8, 20]);
const GENEVE_TYPES = new Set([0x6558, 0x0800, 0x86dd]);
/** Where tunnels end. */
const TUNNEL_PORTS = portSet(4789, 8472, 4790, 6081, 2123, 2152, 3386, 5246, 5247, 1701, 3544);

/** Messages of BitTorrent's table of nodes begin with a dictionary in alphabetical order (BEP 5). */
const NODE_MESSAGES = ['d1:ad2:id20:', 'd1:rd2:id20:', 'd1:eli20', 'd2:ip', 'BT-SEARCH * HTTP/1.1'];

const NODE_LETTERS = new Set(NODE_MESSAGES.map((message) => message.charCodeAt(0)));

/** Recognises peers and remote control over TCP. */
export function recognisePeerTcp(packet: Payload): number {
  if (BITCOIN.has(u32(packet, 0))) return MINING;
  return isTeamViewer(packet) ? TEAMVIEWER : UNKNOWN;
}

/** Recognises peers, and tunnels by their ports and headers, in datagrams. */
export function recognisePeerUdp(packet: Payload): number {
  if (NODE_LETTERS.has(u8(packet, 0)) && NODE_MESSAGES.some((message) => startsWith(packet, message)))
    return BITTORRENT;
  if (isTeamViewer(packet)) return TEAMVIEWER;
  return isAtOneOf(packet, TUNNEL_PORTS) ? tunnel(packet) : UNKNOWN;
}

function isTeamViewer(packet: Payload): boolean {
  if (!isAtPort(packet, TEAMVIEWER_PORT)) return false;
  const magic = u16(packet, 0);
  return magic === 0x1724 || magic === 0x1130 || u16(packet, 11) === 0x1724;
}

/**
 * Versions 0 to 2, and a length that leaves out the header, whose size they differ in (3GPP TS 29.060, 29.274, 32.295).
 */
function isGtp(packet: Payload): boolean {
  return u8(packet, 0) >> 5 <= 2 && GTP_HEADERS.has(packet.payloadLength - u16(packet, 2));
}

function tunnel(packet: Payload): number {
  // Only the flag that an identifier is there, and zeros (RFC 7348, section 5).
  if (isAtPort(packet, 4789)) return u32(packet, 0) === 0x08000000 && u8(packet, 7) === 0 ? VXLAN : UNKNOWN;
  // The port that Linux used before, and that of the extension whose fourth byte names what follows.
  if (isAtPort(packet, 8472) || isAtPort(packet, 4790))
    return u8(packet, 0) >> 4 === 0 && (u8(packet, 0) & 0x08) !== 0 && u16(packet, 1) === 0 ? VXLAN : UNKNOWN;
  // Version 0, and an EtherType of Ethernet or IP (RFC 8926, section 3.4).
  if (isAtPort(packet, 6081))
    return u8(packet, 0) >> 6 === 0 && GENEVE_TYPES.has(u16(packet, 2)) && u8(packet, 7) === 0 ? GENEVE : UNKNOWN;
  if (isAtPort(packet, 2123) || isAtPort(packet, 2152) || isAtPort(packet, 3386)) return isGtp(packet) ? GTP : UNKNOWN;
  if (isAtPort(packet, 5246) || isAtPort(packet, 5247)) {
    return packet.payloadLength >= 8 && u8(packet, 0) <= 1 ? CAPWAP : UNKNOWN;
  }
  // Version 2, control messages with their length (RFC 2661, section 3.1).
  if (isAtPort(packet, 1701))
    return u16(packet, 0) === 0xc802 && u16(packet, 2) === packet.payloadLength ? L2TP : UNKNOWN;
  // Version and addresses of an IPv6 packet, whose length is that of the datagram (RFC 4380, section 5.1.1).
  const isTeredo = isAtPort(packet, 3544) && u8(packet, 0) >> 4 === 6 && u16(packet, 4) === packet.payloadLength - 40;
  return isTeredo && u32LittleEndian(packet, 8) !== 0 ? TEREDO : UNKNOWN;
}
