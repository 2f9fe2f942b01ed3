import { macBytes } from './address.ts';
import { ByteWriter } from './bytes.ts';

export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_ARP = 0x0806;
export const ETHERTYPE_VLAN = 0x8100;
export const ETHERTYPE_IPV6 = 0x86dd;
export const ETHERTYPE_QINQ = 0x88a8;

/** An 802.1Q (0x8100) or 802.1ad (0x88a8) tag. */
export interface VlanTag {
  /** 0x8100 when left out. */
  type?: number;
  /** VLAN id, 0 to 4095. */
  id: number;
  /** Priority code point, 0 to 7. */
  priority?: number;
}

export interface EthernetFrame {
  source?: string;
  destination?: string;
  /** Outermost first. */
  tags?: readonly VlanTag[];
  etherType: number;
  payload: Uint8Array;
  /** Zeros are added up to this many bytes: 60 is the least an adapter sends, 0 (the default) adds none. */
  minimumLength?: number;
}

/** An Ethernet II frame without its frame check sequence. */
export function ethernet({
  source = '02:00:00:00:00:01',
  destination = '02:00:00:00:00:02',
  tags = [],
  etherType,
  payload,
  minimumLength = 0,
}: EthernetFrame): Uint8Array {
  const frame = new ByteWriter().bytes(macBytes(destination)).bytes(macBytes(source));
  for (const { type = ETHERTYPE_VLAN, id, priority = 0 } of tags) frame.u16(type).u16((priority << 13) | id);
  frame.u16(etherType).bytes(payload);
  return frame.zeros(Math.max(0, minimumLength - frame.length)).finish();
}
