import { decodeEthernet, decodeEtherType } from '../link/ethernet.ts';
import type { Packet } from '../packet.ts';
import { TRANSPARENT_ETHERNET } from './gre.ts';

const HEADER = 8;

/** Geneve (RFC 8926): version 0, the length of the options in units of four bytes, and an EtherType. */
export function decodeGeneve(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < HEADER || bytes[at] >> 6 !== 0) return;
  const inner = at + HEADER + (bytes[at] & 0x3f) * 4;
  const type = (bytes[at + 2] << 8) | bytes[at + 3];
  if (type === TRANSPARENT_ETHERNET) decodeEthernet(packet, inner, end);
  else decodeEtherType(packet, type, inner, end);
}
