import type { Packet } from '../packet.ts';
import { decodePppProtocol } from './ppp.ts';

/** PPPoE session (RFC 2516): six bytes, then a PPP protocol number. */
export function decodePppoe(packet: Packet, at: number, end: number): void {
  if (end - at < 8) return;
  decodePppProtocol(packet, (packet.bytes[at + 6] << 8) | packet.bytes[at + 7], at + 8, end);
}
