import type { Packet } from 'pcap-ts-parser';

/** When a packet was captured, in milliseconds since 1970. */
export function timeMs({ seconds, nanoseconds }: Packet): number {
  return seconds * 1000 + nanoseconds / 1e6;
}
