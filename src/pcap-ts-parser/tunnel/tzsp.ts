import { decodeEthernet } from '../link/ethernet.ts';
import { decodeIeee80211 } from '../link/ieee80211.ts';
import type { Packet } from '../packet.ts';

const VERSION = 1;
const RECEIVED = 0;
const ETHERNET = 1;
const IEEE80211 = 18;
const TAG_PADDING = 0;
const TAG_END = 1;

/** TaZmen Sniffer Protocol: version, type, the inner link type, then tags up to an end tag. */
export function decodeTzsp(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < 5 || bytes[at] !== VERSION || bytes[at + 1] !== RECEIVED) return;
  const linkType = (bytes[at + 2] << 8) | bytes[at + 3];
  let position = at + 4;
  while (position < end && bytes[position] !== TAG_END) {
    position += bytes[position] === TAG_PADDING || position + 1 >= end ? 1 : 2 + bytes[position + 1];
  }
  if (linkType === ETHERNET) decodeEthernet(packet, position + 1, end);
  else if (linkType === IEEE80211) decodeIeee80211(packet, position + 1, end);
}
