import { type ByteSource, CaptureError, readPackets } from 'pcap-ts-parser';

const PEEK_BYTES = 1 << 16;

/** Ends a reading at its first packet. */
class FirstPacket {
  readonly seconds: number;
  constructor(seconds: number) {
    this.seconds = seconds;
  }
}

/**
 * Captures in the order of their first packets, so that flows go on over the borders of rotated files. Captures
 * without a packet, and files that are none, come last in the order they were given.
 */
export async function inCaptureOrder(sources: readonly ByteSource[]): Promise<ByteSource[]> {
  if (sources.length < 2) return [...sources];
  const starts: { source: ByteSource; seconds: number }[] = [];
  for (const source of sources) starts.push({ source, seconds: await firstSeconds(source) });
  return starts.sort((a, b) => (a.seconds === b.seconds ? 0 : a.seconds - b.seconds)).map(({ source }) => source);
}

/** Time of the first packet in seconds since 1970, with nanoseconds as fraction; Infinity where there is none. */
async function firstSeconds(source: ByteSource): Promise<number> {
  try {
    await readPackets(
      source,
      (packet) => {
        if (packet.timed) throw new FirstPacket(packet.seconds + packet.nanoseconds / 1e9);
      },
      { chunkBytes: PEEK_BYTES },
    );
  } catch (reason) {
    if (reason instanceof FirstPacket) return reason.seconds;
    if (!(reason instanceof CaptureError)) throw reason;
  }
  return Number.POSITIVE_INFINITY;
}
