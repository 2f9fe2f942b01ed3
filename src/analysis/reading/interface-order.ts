import { type ByteSource, CaptureError, readPackets } from 'pcap-ts-parser';
import type { TimedSource } from './lane.ts';
import { timeMs } from './time.ts';

/** A capture as one source for each of its interfaces, in the order that they appear in. Reads it once. */
export async function interfacesOf(source: ByteSource): Promise<TimedSource[]> {
  const firstMs = new Map<number, number>();
  try {
    await readPackets(source, (packet) => {
      if (!firstMs.has(packet.interfaceId)) firstMs.set(packet.interfaceId, timeMs(packet));
    });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  }
  return Array.from(firstMs, ([interfaceId, ms]) => ({ source, firstMs: ms, interfaceId }));
}
