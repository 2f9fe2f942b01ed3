import type { Packet } from '../packet.ts';
import { decodeEtherType } from './ethernet.ts';

/** Linux cooked capture, version 1 (LINKTYPE_LINUX_SLL): 16 bytes, the last two an EtherType. */
export function decodeLinuxSll(packet: Packet, at: number, end: number): void {
  if (end - at < 16) return;
  decodeEtherType(packet, (packet.bytes[at + 14] << 8) | packet.bytes[at + 15], at + 16, end);
}

/** Linux cooked capture, version 2 (LINKTYPE_LINUX_SLL2): 20 bytes, the first two an EtherType. */
export function decodeLinuxSll2(packet: Packet, at: number, end: number): void {
  if (end - at < 20) return;
  decodeEtherType(packet, (packet.bytes[at] << 8) | packet.bytes[at + 1], at + 20, end);
}
