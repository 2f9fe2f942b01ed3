import type { Packet } from '../packet.ts';
import { decodeEthernet } from './ethernet.ts';
import { decodeNull } from './prefixed.ts';
import { decodeCiscoHdlc, decodeFrameRelay, decodePpp } from './serial.ts';

/** "MGC" */
const MAGIC = 0x4d4743;
const NO_LINK_HEADER = 0x02;
const EXTENSIONS = 0x80;

type Decoder = (packet: Packet, at: number, end: number) => void;

/**
 * Juniper's routers: a magic number, flags, extensions where a flag says so, then the link layer, or only an address
 * family where another flag says that it was taken off. The format is told by libpcap's and tcpdump's readers.
 */
function behindHeader(decode: Decoder): Decoder {
  return (packet, at, end) => {
    const { bytes } = packet;
    if (end - at < 6 || ((bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2]) !== MAGIC) return;
    const flags = bytes[at + 3];
    const inner = at + 4 + ((flags & EXTENSIONS) === 0 ? 0 : 2 + ((bytes[at + 4] << 8) | bytes[at + 5]));
    if ((flags & NO_LINK_HEADER) === 0) decode(packet, inner, end);
    else decodeNull(packet, inner, end);
  };
}

export const decodeJuniperEthernet = behindHeader(decodeEthernet);
export const decodeJuniperPpp = behindHeader(decodePpp);
export const decodeJuniperFrameRelay = behindHeader(decodeFrameRelay);
export const decodeJuniperCiscoHdlc = behindHeader(decodeCiscoHdlc);
