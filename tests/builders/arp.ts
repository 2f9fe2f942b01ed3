import { addressBytes, macBytes, macOf } from './address.ts';
import { ByteWriter } from './bytes.ts';

export interface ArpRequest {
  sender: string;
  target: string;
  senderMac?: string;
}

/** "Who has `target`? Tell `sender`" for IPv4 over Ethernet (RFC 826), without the frame around it. */
export function arpRequest({ sender, target, senderMac = macOf(sender) }: ArpRequest): Uint8Array {
  return new ByteWriter()
    .u16(1)
    .u16(0x0800)
    .u8(6)
    .u8(4)
    .u16(1)
    .bytes(macBytes(senderMac))
    .bytes(addressBytes(sender))
    .zeros(6)
    .bytes(addressBytes(target))
    .finish();
}
