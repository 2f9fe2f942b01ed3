import type { Packet } from '../packet.ts';
import { decodeEtherType } from './ethernet.ts';

const SNAP = 0xaa;
const UNNUMBERED_INFORMATION = 0x03;

/** IEEE 802.2 LLC with a SNAP header (RFC 1042), whose last two bytes are an EtherType. Other LLC frames hold no IP. */
export function decodeLlc(packet: Packet, at: number, end: number): void {
  const { bytes } = packet;
  if (end - at < 8 || bytes[at] !== SNAP || bytes[at + 1] !== SNAP || bytes[at + 2] !== UNNUMBERED_INFORMATION) return;
  const etherType = (bytes[at + 6] << 8) | bytes[at + 7];
  // A length in the place of the type would lead back here without end.
  if (etherType > 1500) decodeEtherType(packet, etherType, at + 8, end);
}
