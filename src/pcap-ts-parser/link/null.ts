import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';

/**
 * BSD loopback (LINKTYPE_NULL, LINKTYPE_LOOP): four bytes with the address family, in the capturing machine's byte
 * order or in network order. Families differ between systems, so the IP version nibble decides, not the number.
 */
export function decodeNull(packet: Packet, at: number, end: number): void {
  decodeInternet(packet, at + 4, end);
}
