import { type ByteSource, CaptureError, readPackets } from 'pcap-ts-parser';
import { type LogForm, logFormOf, type Refusal } from '../flow-logs/kind.ts';

const PEEK_BYTES = 1 << 16;
const NO_CAPTURE: ReadonlySet<string> = new Set(['empty', 'not-a-capture', 'other-format']);

/** A source, and what flow log it is, or why it is none; null for a capture, and for what is neither. */
export interface OrderedSource {
  source: ByteSource;
  log: LogForm | Refusal | null;
  /**
   * When the first packet of a capture was taken, in milliseconds since 1970; Infinity without one, and for one file
   * alone.
   */
  firstMs: number;
}

/** Ends a reading at its first packet. */
class FirstPacket {
  readonly seconds: number;
  constructor(seconds: number) {
    this.seconds = seconds;
  }
}

/**
 * Captures in the order of their first packets, so that flows go on over the borders of rotated files; then captures
 * without a packet, flow logs, and files that are neither, in the order they were given. One file is open at a time.
 */
export async function inReadingOrder(sources: readonly ByteSource[]): Promise<OrderedSource[]> {
  const found: OrderedSource[] = [];
  for (const source of sources) {
    const log = await logFormOf(source);
    const alone = log !== null || sources.length === 1;
    found.push({ source, log, firstMs: alone ? Number.POSITIVE_INFINITY : (await firstSeconds(source)) * 1000 });
  }
  return found.sort((a, b) => (a.firstMs === b.firstMs ? 0 : a.firstMs - b.firstMs));
}

/** By place among what is read: the number of its capture, of which several parts may be read beside each other. */
export function captureNumbers(read: readonly { source: ByteSource }[]): number[] {
  const numbers = new Map<ByteSource, number>();
  return read.map(({ source }) => {
    const number = numbers.get(source) ?? numbers.size;
    numbers.set(source, number);
    return number;
  });
}

/** Whether a source is a capture or a flow log, also one that is damaged further on. */
export async function isReadable(source: ByteSource): Promise<boolean> {
  if ((await logFormOf(source)) !== null) return true;
  const stop = new FirstPacket(0);
  try {
    await readPackets(
      source,
      () => {
        throw stop;
      },
      { chunkBytes: PEEK_BYTES },
    );
  } catch (error) {
    if (error === stop) return true;
    if (!(error instanceof CaptureError)) throw error;
    return !NO_CAPTURE.has(error.kind);
  }
  return true;
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
