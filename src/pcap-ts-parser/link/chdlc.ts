import type { Packet } from '../packet.ts';
import { decodeEtherType } from './ethernet.ts';

/** Cisco HDLC (LINKTYPE_C_HDLC): address, control, then an EtherType. */
export function decodeCiscoHdlc(packet: Packet, at: number, end: number): void {
  if (end - at < 4) return;
  decodeEtherType(packet, (packet.bytes[at + 2] << 8) | packet.bytes[at + 3], at + 4, end);
}
