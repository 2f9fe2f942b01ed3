import { macBytes } from './address.ts';
import { ByteWriter } from './bytes.ts';

export interface SllFrame {
  /** 0 to us, 1 broadcast, 2 multicast, 3 to someone else, 4 sent by us. */
  packetType?: number;
  /** ARPHRD_ type of the device, 1 for Ethernet. */
  hardwareType?: number;
  source?: string;
  /** An EtherType. */
  protocol: number;
  payload: Uint8Array;
}

/** A frame of Linux cooked capture v1, LINKTYPE_LINUX_SLL: 16 bytes of header, always big endian. */
export function sll({
  packetType = 0,
  hardwareType = 1,
  source = '02:00:00:00:00:01',
  protocol,
  payload,
}: SllFrame): Uint8Array {
  return new ByteWriter()
    .u16(packetType)
    .u16(hardwareType)
    .u16(6)
    .bytes(macBytes(source))
    .zeros(2)
    .u16(protocol)
    .bytes(payload)
    .finish();
}
