import { type ByteSource, CaptureError, type Packet } from 'pcap-ts-parser';
import { type CaptureSummary, unreadWords } from '../capture.ts';
import type { Settings } from '../settings.ts';
import { readByTime } from './by-time.ts';
import { inParts } from './capture-order.ts';
import { DoubledPackets } from './doubled-packets.ts';
import { captureNumbers, inReadingOrder } from './reading-order.ts';
import { SamePackets } from './same-packets.ts';

/** Which packets are counted: with `nfstream` all of a capture, in its own order. */
export type CountSettings = Pick<Settings, 'openTunnels'> & Partial<Pick<Settings, 'nfstream'>>;

/**
 * Reads captures once more, front to back, and gives the packets that the analysis counts: of captures that overlap in time
 * those of both in order, and one that is there twice once. Flow logs hold no packets and are passed over, as are captures that
 * cannot be read. What `take` and `onProgress` throw ends the reading. Resolves with what of the captures could not be read,
 * in words: one may be gone or changed since the analysis; '' where all was.
 */
export async function readCounted(
  sources: readonly ByteSource[],
  { openTunnels, nfstream = false }: CountSettings,
  take: (packet: Packet) => void,
  onProgress: (bytesRead: number) => void,
): Promise<string> {
  const ordered = (await inReadingOrder(sources)).filter(({ log }) => log === null);
  const captures = nfstream ? ordered : inParts(ordered);
  const numbers = captureNumbers(captures);
  const read = captures.map(() => 0);
  const ended = new Map<string, Pick<CaptureSummary, 'file' | 'warnings'>>();
  let bytesRead = 0;
  const same = new SamePackets();
  const doubled = new DoubledPackets();
  await readByTime(captures, {
    onOpen: (index) => ({
      openTunnels,
      onProgress: (count) => {
        const number = numbers[index];
        bytesRead -= read[number];
        read[number] = captures[index].source.packedBytesRead ?? count;
        bytesRead += read[number];
        onProgress(bytesRead);
      },
    }),
    onPacket: (packet, index, alone) => {
      if (!alone && same.isRepeated(packet, numbers[index])) return;
      if (nfstream || packet.ipVersion === 0 || !doubled.isDoubled(packet, numbers[index])) take(packet);
    },
    onEnd: (index, outcome) => {
      const { name: file } = captures[index].source;
      ended.set(file, { file, warnings: outcome instanceof CaptureError ? [outcome] : outcome.warnings });
    },
  });
  return unreadWords([...ended.values()]);
}
