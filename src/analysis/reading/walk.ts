import { type ByteSource, type CaptureInfo, type Packet, type ReadOptions, readPackets } from 'pcap-ts-parser';
import type { FlowTable } from '../flows/table.ts';

/**
 * Reads one capture of several for a flow table, whose clock starts afresh where the capture begins before the one before
 * it ended: captures that overlap in time come from different sensors, and each is metered by its own clock. Throws as
 * `readPackets` does.
 */
export async function walkCapture(
  source: ByteSource,
  table: FlowTable,
  onPacket: (packet: Packet) => void,
  options: ReadOptions,
): Promise<CaptureInfo> {
  let take = (packet: Packet): void => {
    if (packet.timed && packet.seconds * 1000 + packet.nanoseconds / 1e6 < table.clock.nowMs) table.restartClock();
    take = onPacket;
    onPacket(packet);
  };
  return readPackets(source, (packet) => take(packet), options);
}
