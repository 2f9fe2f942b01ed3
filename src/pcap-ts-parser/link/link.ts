import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeCiscoHdlc } from './chdlc.ts';
import { decodeEthernet } from './ethernet.ts';
import { decodeIeee80211 } from './ieee80211.ts';
import { decodeNull } from './null.ts';
import { decodePpp } from './ppp.ts';
import { decodeRadiotap } from './radiotap.ts';
import { decodeLinuxSll, decodeLinuxSll2 } from './sll.ts';

/** Decodes a packet from its link-layer header up: bytes from `end` on are not captured. */
export type LinkDecoder = (packet: Packet, at: number, end: number) => void;

const decodeRaw: LinkDecoder = (packet, at, end) => decodeInternet(packet, at, end);

/** Link types that are decoded, by number in the tcpdump.org LINKTYPE_ registry (12 and 14 are RAW on some systems). */
const DECODERS = new Map<number, LinkDecoder>([
  [0, decodeNull],
  [1, decodeEthernet],
  [9, decodePpp],
  [12, decodeRaw],
  [14, decodeRaw],
  [50, decodePpp],
  [101, decodeRaw],
  [104, decodeCiscoHdlc],
  [105, decodeIeee80211],
  [108, decodeNull],
  [113, decodeLinuxSll],
  [127, decodeRadiotap],
  [228, decodeRaw],
  [229, decodeRaw],
  [276, decodeLinuxSll2],
]);

/** The decoder of a link type, null where packets of it cannot be read. */
export function linkDecoder(linkType: number): LinkDecoder | null {
  return DECODERS.get(linkType) ?? null;
}
