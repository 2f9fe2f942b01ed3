import { type ByteSource, CaptureError, type Packet, readPackets, readPacketsIn } from 'pcap-ts-parser';
import { type LogForm, logFormIn, logFormOf, type Refusal } from '../flow-logs/kind.ts';
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

/** What is seen of a capture's packets. */
class Seen {
  firstMs = Number.POSITIVE_INFINITY;
  private hasPackets = false;

  take(packet: Packet): void {
    this.hasPackets = true;
    if (packet.timed && this.firstMs === Number.POSITIVE_INFINITY) this.firstMs = timeMs(packet);
  }

  /** What it was, also where a fault ended the reading, as others do not. */
  beginning(fault: unknown = null): Beginning {
    if (fault !== null && !(fault instanceof CaptureError)) throw fault;
    return {
      log: null,
      firstMs: this.firstMs,
      isReadable: fault === null || this.hasPackets || !NO_CAPTURE.has(fault.kind),
    };
  }
}

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

/** Whether a source is a capture or a flow log, also one that is damaged further on; at once where it is in memory. */
export function isReadable(source: ByteSource): boolean | Promise<boolean> {
  return readyBeginning(source)?.isReadable ?? isReadableOnDisk(source);
}

/** Whether a source that was looked at is known by its looks, and cannot be read: Parquet that is packed is one. */
function isRefused(source: ByteSource): boolean {
  const log = known.get(source)?.log ?? null;
  if (log === null) return false;
  return 'refused' in log || (log.kind === 'parquet' && source.readAt === undefined);
}

/** What of an archive is read. */
export const READABLE = { isWanted: isReadable, isRefused };

async function isReadableOnDisk(source: ByteSource): Promise<boolean> {
  return (await beginningOf(source)).isReadable;
}

async function beginningOf(source: ByteSource): Promise<Beginning> {
  return readyBeginning(source) ?? noted(source, logOf(await logFormOf(source)) ?? (await captureOf(source)));
}

/** The same of what was looked at before, or is in memory; else null. */
function readyBeginning(source: ByteSource): Beginning | null {
  const { bytes, fault } = source.beforeFault ?? { bytes: source.bytes };
  const looked = known.get(source) ?? null;
  if (looked !== null || bytes === undefined) return looked;
  return noted(source, logOf(logFormIn(bytes)) ?? captureIn(bytes, fault));
}

function noted(source: ByteSource, beginning: Beginning): Beginning {
  known.set(source, beginning);
  return beginning;
}

function logOf(log: LogForm | Refusal | null): Beginning | null {
  return log === null ? null : { log, isReadable: true, firstMs: Number.POSITIVE_INFINITY };
}

/** Whether a source is a capture, and when its first packet was taken. */
async function captureOf(source: ByteSource): Promise<Beginning> {
  const seen = new Seen();
  const take = (packet: Packet): void => {
    seen.take(packet);
    if (seen.firstMs < Number.POSITIVE_INFINITY) throw new FirstPacket();
  };
  try {
    await readPackets(source, take, { chunkBytes: PEEK_BYTES });
  } catch (reason) {
    if (!(reason instanceof FirstPacket)) return seen.beginning(reason);
  }
  return seen.beginning();
}

/** The same of what is in memory: the rest of it is read sooner than the reading is ended. */
function captureIn(bytes: Uint8Array<ArrayBuffer>, fault?: CaptureError): Beginning {
  const seen = new Seen();
  try {
    readPacketsIn(bytes, (packet) => seen.take(packet), {}, fault);
  } catch (reason) {
    return seen.beginning(reason);
  }
  return seen.beginning();
}
