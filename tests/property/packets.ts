import { bufferSource, type CaptureInfo, readPackets } from 'pcap-ts-parser';
import { decompressed } from '../../src/decompress/decompressed.ts';

/** What a reading gave, unpacked where it is packed, as plain data: one line a packet. */
export async function packetLines(
  bytes: Uint8Array,
  chunkBytes: number,
): Promise<{ lines: string[]; info: CaptureInfo }> {
  const lines: string[] = [];
  const info = await readPackets(
    decompressed(bufferSource(bytes, 'built')),
    (packet) => {
      const captured = packet.bytes.subarray(packet.start, packet.start + packet.capturedLength);
      lines.push(
        [
          packet.number,
          packet.fileOffset,
          packet.linkType,
          packet.misdated ? packet.stampSeconds : packet.seconds,
          packet.misdated ? packet.stampNanoseconds : packet.nanoseconds,
          packet.wireLength,
          Buffer.from(captured).toString('hex'),
          packet.ipVersion,
          ...(packet.ipVersion === 0
            ? []
            : [packet.protocol, packet.sourcePort, packet.destinationPort, packet.payloadLength]),
        ].join(' '),
      );
    },
    { chunkBytes, openTunnels: true },
  );
  return { lines, info };
}
