import type { Packet } from 'pcap-ts-parser';

/** What a protocol is recognised by: one packet's transport payload and ports. */
export type Payload = Pick<
  Packet,
  'bytes' | 'payload' | 'payloadLength' | 'protocol' | 'sourcePort' | 'destinationPort'
>;

/** Bytes of a payload that are searched for a word. */
const SEARCHED = 512;

/** Whether either end of the packet is at this port. */
export function isAtPort(packet: Payload, port: number): boolean {
  return packet.sourcePort === port || packet.destinationPort === port;
}

/** A set of ports, to ask whether a packet is at any of them. */
export function portSet(...ports: readonly number[]): Uint8Array {
  const set = new Uint8Array(65_536);
  for (const port of ports) set[port] = 1;
  return set;
}

/** Whether either end of the packet is at one of these ports. */
export function isAtOneOf(packet: Payload, ports: Uint8Array): boolean {
  return (ports[packet.sourcePort] | ports[packet.destinationPort]) !== 0;
}

/** Whether the payload begins with this text, one byte a character. */
export function startsWith(packet: Payload, text: string, at = 0): boolean {
  if (packet.payloadLength < at + text.length) return false;
  const { bytes } = packet;
  const first = packet.payload + at;
  for (let i = 0; i < text.length; i++) {
    if (bytes[first + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether the first 512 bytes of the payload hold this text. */
export function contains(packet: Payload, text: string): boolean {
  const last = Math.min(packet.payloadLength, SEARCHED) - text.length;
  const first = text.charCodeAt(0);
  for (let at = 0; at <= last; at++) {
    if (packet.bytes[packet.payload + at] === first && startsWith(packet, text, at)) return true;
  }
  return false;
}

/** The byte at `at`, or -1 behind the end of the payload. */
export function u8(packet: Payload, at: number): number {
  return at < packet.payloadLength ? packet.bytes[packet.payload + at] : -1;
}

/** Two bytes in network order, or -1. */
export function u16(packet: Payload, at: number): number {
  if (at + 2 > packet.payloadLength) return -1;
  const first = packet.payload + at;
  return packet.bytes[first] * 256 + packet.bytes[first + 1];
}

/** Four bytes in network order, or -1. */
export function u32(packet: Payload, at: number): number {
  return at + 4 > packet.payloadLength ? -1 : u16(packet, at) * 65536 + u16(packet, at + 2);
}

/** Two bytes, the least significant first, or -1. */
export function u16LittleEndian(packet: Payload, at: number): number {
  if (at + 2 > packet.payloadLength) return -1;
  const first = packet.payload + at;
  return packet.bytes[first] + packet.bytes[first + 1] * 256;
}

/** Four bytes, the least significant first, or -1. */
export function u32LittleEndian(packet: Payload, at: number): number {
  return at + 4 > packet.payloadLength ? -1 : u16LittleEndian(packet, at) + u16LittleEndian(packet, at + 2) * 65536;
}
