import { decodeEthernet } from '../link/ethernet.ts';
import type { Packet } from '../packet.ts';

const HEADER_II = 8;
const HEADER_III = 12;
/** In the last byte of a type III header: eight more bytes follow. */
const PLATFORM_HEADER = 0x01;
const PLATFORM_HEADER_BYTES = 8;

/** ERSPAN type II (draft-foschiano-erspan): a mirrored Ethernet frame behind eight bytes. */
export function decodeErspan2(packet: Packet, at: number, end: number): void {
  if (end - at > HEADER_II) decodeEthernet(packet, at + HEADER_II, end);
}

/** ERSPAN type III (draft-foschiano-erspan): twelve bytes, and eight more where the last bit says so. */
export function decodeErspan3(packet: Packet, at: number, end: number): void {
  if (end - at <= HEADER_III) return;
  const more = (packet.bytes[at + HEADER_III - 1] & PLATFORM_HEADER) === 0 ? 0 : PLATFORM_HEADER_BYTES;
  decodeEthernet(packet, at + HEADER_III + more, end);
}
