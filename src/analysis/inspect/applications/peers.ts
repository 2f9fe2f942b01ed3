import { applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { isAtPort, type Payload, startsWith, u16, u32, u8 } from './payload.ts';

const BITTORRENT = applicationId('BitTorrent');
const MINING = applicationId('Mining');
const TEAMVIEWER = applicationId('TeamViewer');

/** First bytes of every message of Bitcoin's main and test networks. */
const BITCOIN = new Set([0xf9beb4d9, 0x0b110907]);
const TEAMVIEWER_PORT = 5938;

/** Messages of BitTorrent's table of nodes begin with a dictionary in alphabetical order (BEP 5). */
const NODE_MESSAGES = ['d1:ad2:id20:', 'd1:rd2:id20:', 'd1:eli20', 'd2:ip', 'BT-SEARCH * HTTP/1.1'];

const NODE_LETTERS = new Set(NODE_MESSAGES.map((message) => message.charCodeAt(0)));

/** Recognises peers and remote control over TCP. */
export function recognisePeerTcp(packet: Payload): number {
  if (BITCOIN.has(u32(packet, 0))) return MINING;
  return isTeamViewer(packet) ? TEAMVIEWER : UNKNOWN;
}

/** Recognises peers and remote control in datagrams. */
export function recognisePeerUdp(packet: Payload): number {
  if (NODE_LETTERS.has(u8(packet, 0)) && NODE_MESSAGES.some((message) => startsWith(packet, message)))
    return BITTORRENT;
  return isTeamViewer(packet) ? TEAMVIEWER : UNKNOWN;
}

function isTeamViewer(packet: Payload): boolean {
  if (!isAtPort(packet, TEAMVIEWER_PORT)) return false;
  const magic = u16(packet, 0);
  return magic === 0x1724 || magic === 0x1130 || u16(packet, 11) === 0x1724;
}
