import type { Packet } from '../packet.ts';
import { decodePayload } from './internet.ts';

/**
 * IPv4 (RFC 791). Later fragments make no flow, for they carry no ports; the first fragment does. A total length of 0
 * is left by segmentation offload: it makes none either, as in NFStream, but where tunnels that NFStream leaves closed
 * are opened the packet is as long as what was captured.
 */
export function decodeIpv4(packet: Packet, at: number, end: number): void {
  if (end - at < 20) return;
  const { bytes } = packet;
  const headerLength = (bytes[at] & 0x0f) * 4;
  let totalLength = (bytes[at + 2] << 8) | bytes[at + 3];
  if (totalLength === 0 && packet.opensTunnels) totalLength = end - at;
  const fragmentOffset = ((bytes[at + 6] & 0x1f) << 8) | bytes[at + 7];
  if (headerLength < 20 || totalLength < headerLength || fragmentOffset !== 0) return;
  packet.ipVersion = 4;
  packet.ipLength = totalLength;
  packet.source = at + 12;
  packet.destination = at + 16;
  decodePayload(packet, bytes[at + 9], at + headerLength, totalLength - headerLength, end);
}
