import type { ByteSource, Packet } from 'pcap-ts-parser';
import type { Settings } from '../settings.ts';
import { readByTime } from './by-time.ts';
import { inReadingOrder } from './reading-order.ts';
import { SamePackets } from './same-packets.ts';

/**
 * Reads captures once more, front to back, and gives the packets that the analysis counts: of captures that overlap in time
 * those of both in order, and one that two hold once. Flow logs hold no packets and are passed over, as are captures that
 * cannot be read. What `take` and `onProgress` throw ends the reading.
 */
export async function readCounted(
  sources: readonly ByteSource[],
  { openTunnels }: Pick<Settings, 'openTunnels'>,
  take: (packet: Packet) => void,
  onProgress: (bytesRead: number) => void,
): Promise<void> {
  const captures = (await inReadingOrder(sources)).filter(({ log }) => log === null);
  const read = captures.map(() => 0);
  const same = new SamePackets();
  await readByTime(captures, {
    onOpen: (index) => ({
      openTunnels,
      onProgress: (count) => {
        read[index] = captures[index].source.packedBytesRead ?? count;
        onProgress(read.reduce((sum, bytesRead) => sum + bytesRead, 0));
      },
    }),
    onPacket: (packet, index, alone) => {
      if (alone || !same.isRepeated(packet, index)) take(packet);
    },
    onEnd: () => undefined,
  });
}
