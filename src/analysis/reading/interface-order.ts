import { type ByteSource, CaptureError, readPackets } from 'pcap-ts-parser';
import { InterfaceWatch, MOST_INTERFACES } from './interface-watch.ts';
import type { TimedSource } from './lane.ts';
import { timeMs } from './time.ts';

/**
 * A capture that holds one interface after another, as one source for each of them, in the order that they appear in;
 * null for one that does not, or that holds packets of more than are put in order: each is a reading of the whole file.
 * Reads it once.
 */
export async function interfacesOf(source: ByteSource): Promise<TimedSource[] | null> {
  const firstMs = new Map<number, number>();
  const watch = new InterfaceWatch(source);
  let areInTurn = false;
  try {
    await readPackets(source, (packet) => {
      if (firstMs.size <= MOST_INTERFACES && !firstMs.has(packet.interfaceId))
        firstMs.set(packet.interfaceId, timeMs(packet));
      areInTurn ||= watch.isInTurn(packet);
    });
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  }
  if (!areInTurn || firstMs.size > MOST_INTERFACES) return null;
  return Array.from(firstMs, ([interfaceId, ms]) => ({ source, firstMs: ms, interfaceId }));
}
