import type { Packet } from '../packet.ts';
import { decodePayload, DEEPEST } from './internet.ts';

/**
 * IP authentication header (RFC 4302), which leaves what it signs in the clear: the protocol that follows, and its own
 * length in units of four bytes, less two. NFStream takes it for the flow's protocol.
 */
export function decodeAuthenticated(packet: Packet, at: number, length: number, end: number): void {
  const header = end - at < 12 ? 0 : (packet.bytes[at + 1] + 2) * 4;
  if (header < 12 || header > length || packet.layers++ > DEEPEST) return;
  decodePayload(packet, packet.bytes[at], at + header, length - header, end);
}
