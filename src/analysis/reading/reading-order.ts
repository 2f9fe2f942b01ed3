import { type ByteSource, CaptureError, readPackets } from 'pcap-ts-parser';
import { type LogForm, logFormOf, type Refusal } from '../flow-logs/kind.ts';
import { timeMs } from './time.ts';

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

/** What the beginning of a file tells. */
interface Beginning extends Omit<OrderedSource, 'source'> {
  /** Whether it is a capture or a flow log, also one that is damaged further on. */
  isReadable: boolean;
}

/** What was looked at: files of an archive are asked for twice, and reading a small one takes no longer than looking at it. */
const known = new WeakMap<ByteSource, Beginning>();

/** Ends a reading at its first packet. */
class FirstPacket extends Error {}

/**
 * Captures in the order of their first packets, so that flows go on over the borders of rotated files; then captures
 * without a packet, flow logs, and files that are neither, in the order they were given. One file is open at a time.
 */
export async function inReadingOrder(sources: readonly ByteSource[]): Promise<OrderedSource[]> {
  const found: OrderedSource[] = [];
  for (const source of sources) {
    const isAlone = sources.length === 1 && !known.has(source);
    const { log, firstMs } = isAlone
      ? { log: await logFormOf(source), firstMs: Number.POSITIVE_INFINITY }
      : await beginningOf(source);
    found.push({ source, log, firstMs });
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
  return (await beginningOf(source)).isReadable;
}

async function beginningOf(source: ByteSource): Promise<Beginning> {
  const looked = known.get(source);
  if (looked !== undefined) return looked;
  const log = await logFormOf(source);
  const first = log === null ? await firstPacketOf(source) : { isReadable: true, firstMs: Number.POSITIVE_INFINITY };
  const beginning = { log, ...first };
  known.set(source, beginning);
  return beginning;
}

/** Whether a source is a capture, and when its first packet was taken. */
async function firstPacketOf(source: ByteSource): Promise<Omit<Beginning, 'log'>> {
  let hasPackets = false;
  let firstMs = Number.POSITIVE_INFINITY;
  try {
    await readPackets(
      source,
      (packet) => {
        hasPackets = true;
        if (!packet.timed || firstMs < Number.POSITIVE_INFINITY) return;
        firstMs = timeMs(packet);
        // Of what is in memory the rest is read sooner than the reading is ended.
        if (source.bytes === undefined) throw new FirstPacket();
      },
      { chunkBytes: PEEK_BYTES },
    );
  } catch (reason) {
    if (reason instanceof CaptureError) return { isReadable: hasPackets || !NO_CAPTURE.has(reason.kind), firstMs };
    if (!(reason instanceof FirstPacket)) throw reason;
  }
  return { isReadable: true, firstMs };
}
