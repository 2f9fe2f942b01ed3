import { decodeInternet } from '../network/internet.ts';
import type { Packet } from '../packet.ts';

/** MPLS label stack (RFC 3032): four bytes a label, the lowest bit of the third byte marks the last one. */
export function decodeMpls(packet: Packet, at: number, end: number): void {
  let position = at;
  while (end - position >= 4) {
    const bottom = (packet.bytes[position + 2] & 1) === 1;
    position += 4;
    if (bottom) {
      decodeInternet(packet, position, end);
      return;
    }
  }
}
