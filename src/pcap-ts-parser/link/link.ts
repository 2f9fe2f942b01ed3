import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';
import { decodeCiscoHdlc } from './chdlc.ts';
import { decodeEthernet } from './ethernet.ts';
import { decodeFrameRelay } from './frame-relay.ts';
import { decodeIeee80211 } from './ieee80211.ts';
import { decodeJuniperCiscoHdlc, decodeJuniperEthernet, decodeJuniperFrameRelay, decodeJuniperPpp } from './juniper.ts';
import { decodeLlc } from './llc.ts';
import { decodePktap, decodePpi } from './nested.ts';
import { decodeNflog } from './nflog.ts';
import { decodeNull } from './null.ts';
import { decodePpp } from './ppp.ts';
import { decodePppoe } from './pppoe.ts';
import {
  decodeAvs,
  decodeBroadcomPrepended,
  decodeBroadcomTagged,
  decodeEnc,
  decodeFddi,
  decodeIpnet,
  decodeMarvellExtended,
  decodeMarvellTagged,
  decodeMpacket,
  decodeNetAnalyzer,
  decodePflog,
  decodePppWithDirection,
  decodePrism,
  decodeSlip,
} from './prefixed.ts';
import { decodeRadiotap } from './radiotap.ts';
import { decodeLinuxSll, decodeLinuxSll2 } from './sll.ts';

/** Decodes a packet from its link-layer header up: bytes from `end` on are not captured. */
export type LinkDecoder = (packet: Packet, at: number, end: number) => void;

/** Link types that are decoded, by number in the tcpdump.org LINKTYPE_ registry (12 and 14 are RAW on some systems). */
const DECODERS = new Map<number, LinkDecoder>([
  [0, decodeNull],
  [1, decodeEthernet],
  [8, decodeSlip],
  [9, decodePpp],
  [10, decodeFddi],
  [12, decodeInternet],
  [14, decodeInternet],
  [50, decodePpp],
  [51, decodePppoe],
  [100, decodeLlc],
  [101, decodeInternet],
  [104, decodeCiscoHdlc],
  [105, decodeIeee80211],
  [107, decodeFrameRelay],
  [108, decodeNull],
  [109, decodeEnc],
  [113, decodeLinuxSll],
  [117, decodePflog],
  [119, decodePrism],
  [127, decodeRadiotap],
  [163, decodeAvs],
  [178, decodeJuniperEthernet],
  [179, decodeJuniperPpp],
  [180, decodeJuniperFrameRelay],
  [181, decodeJuniperCiscoHdlc],
  [192, decodePpi],
  [204, decodePppWithDirection],
  [226, decodeIpnet],
  [228, decodeInternet],
  [229, decodeInternet],
  [239, decodeNflog],
  [240, decodeNetAnalyzer],
  [258, decodePktap],
  [274, decodeMpacket],
  [276, decodeLinuxSll2],
  [281, decodeBroadcomTagged],
  [282, decodeBroadcomPrepended],
  [284, decodeMarvellTagged],
  [285, decodeMarvellExtended],
]);

/** Numbers of all link types that are decoded, ascending. */
export const DECODED_LINK_TYPES: readonly number[] = [...DECODERS.keys()];

/** The decoder of a link type, null where packets of it cannot be read. */
export function linkDecoder(linkType: number): LinkDecoder | null {
  return DECODERS.get(linkType) ?? null;
}
