import type { ByteSource, Packet } from 'pcap-ts-parser';
import type { Warning } from '../capture.ts';
import { OddFrames } from '../flows/odd-frames.ts';
import type { TimedSource } from './lane.ts';
import { LateStamps } from './late-stamps.ts';
import { mayAllWait, waitingBytes } from './late-packets.ts';
import { MOST_PARTS, PartsInOrder } from './parts-in-order.ts';
import { timeMs } from './time.ts';

/** What to do with a capture of which not all can be put in order. */
const WITH_REORDERCAP = 'open what "reordercap" makes of it';

/** Flows are cut and counted by whole milliseconds. */
const FLOW_MS = 1;

/** So many parts of any capture are read, which with the first reading makes three; more would take several times as long. */
const MOST_READ = 2;
/** More parts are read of captures that need no unpacking, up to so many bytes (as they would wait) in all. */
const MOST_READ_BYTES = 1 << 29;

/** One of the parts that a capture is read in: when its first packet was captured, and which of its packets come late. */
interface Part {
  firstMs: number;
  late: LateStamps;
}

/** How a capture is put in order, and what is to be said of it (see `orderSaid`). */
export interface CaptureOrder {
  parts: readonly Part[];
  warning: Warning;
}

/** Captures whose packets lie out of order, as it was found when they were read first. */
const known = new WeakMap<ByteSource, CaptureOrder>();

/** Keeps how a capture is put in order, for all who read it again. */
export function keepOrder(source: ByteSource, order: CaptureOrder): void {
  known.set(source, order);
}

/** How a capture is put in order; null where it is in order, or where nobody has read it yet. */
export function orderOf(source: ByteSource): CaptureOrder | null {
  return known.get(source) ?? null;
}

/** Captures as they are read: one that is out of order as one source for each of its parts, all in the order of time. */
export function inParts(captures: readonly TimedSource[]): TimedSource[] {
  return captures
    .flatMap(({ source, firstMs }): TimedSource[] => {
      const order = orderOf(source);
      if (order === null) return [{ source, firstMs }];
      const { parts } = order;
      return parts.map(({ firstMs: ms, late }, number) => ({
        source,
        firstMs: ms,
        part: { number, isOnly: parts.length === 1, late, share: 1 / parts.length },
      }));
    })
    .sort((a, b) => (a.firstMs === b.firstMs ? 0 : a.firstMs - b.firstMs));
}

/**
 * What is to be said of a capture that is put in order, and whether its flows are exported in the order of the file: null
 * where none are.
 */
export function orderSaid({ warning }: CaptureOrder, isExported: boolean | null): Warning {
  if (isExported === null) return warning;
  const exported = isExported
    ? 'the exported flows take the order of the file, as NFStream does'
    : 'so are the exported flows, which are too many to be kept in the order of the file as well';
  return { ...warning, message: `${warning.message}; ${exported}` };
}

/** Finds out as a capture is read whether its packets lie out of order, and how they are put in order. */
export class OrderWatch {
  /** Whether the capture has to be put in order. */
  matters = false;
  private readonly parting = new PartsInOrder();
  private readonly parts: Part[] = [];
  private readonly early = new OddFrames();
  private latestMs = Number.NEGATIVE_INFINITY;
  private packets = 0;
  private bytes = 0;
  private readonly mayAllWait: (packets: number, bytes: number) => boolean;
  private readonly mostReadBytes: number;

  /** What may wait, and what is read again, is fewer in tests. */
  constructor(mayWait = mayAllWait, mostReadBytes = MOST_READ_BYTES) {
    this.mayAllWait = mayWait;
    this.mostReadBytes = mostReadBytes;
  }

  /**
   * Takes the next packet in the order of the file. Whether its stamp is earlier than that of one before, by less than
   * flows are told apart by: then it matters only where `disturb` says so.
   */
  take(packet: Packet): boolean {
    const ms = timeMs(packet);
    this.packets++;
    this.bytes += waitingBytes(packet);
    const number = this.parting.partOf(packet, ms);
    if (!packet.timed) return false;
    const part = this.parts[number];
    if (part === undefined) this.parts[number] = { firstMs: ms, late: new LateStamps() };
    if (ms >= this.latestMs) {
      this.latestMs = ms;
      return false;
    }
    const latestMs = this.parting.latestMs[number];
    if (part !== undefined) {
      part.firstMs = Math.min(part.firstMs, ms);
      if (ms < latestMs) part.late.add(packet.number, ms, latestMs - ms);
    }
    this.early.add(packet, this.latestMs - ms);
    if (Math.floor(ms) <= Math.floor(this.latestMs) - FLOW_MS) this.matters = true;
    return !this.matters;
  }

  /** The order changes how a flow began. */
  disturb(): void {
    this.matters = true;
  }

  /**
   * How the capture is put in order; null where that changes nothing.
   *
   * @param isPacked whether each reading has to unpack it
   */
  order(isPacked: boolean): CaptureOrder | null {
    if (!this.matters) return null;
    const { length } = this.parts;
    const canWait = this.mayAllWait(this.packets, this.bytes);
    const isRead = length === 1 || (!canWait && this.isReadInParts(isPacked));
    const earlier = 'stamped earlier than a packet before';
    // What is packed may need no more than to be unpacked.
    const advice = isPacked && this.isReadInParts(false) ? 'unpack it and open that' : WITH_REORDERCAP;
    const far = isRead || canWait ? ', as reordercap does' : ` as far as there is memory for it: ${advice}`;
    const consequence = ` and put in order${far}`;
    return {
      parts: isRead ? this.parts : [merged(this.parts)],
      warning: this.early.warning('out-of-order', `${earlier} it`, `${earlier} them`, consequence),
    };
  }

  private isReadInParts(isPacked: boolean): boolean {
    const { length } = this.parts;
    return length <= MOST_READ || (!isPacked && length <= MOST_PARTS && length * this.bytes <= this.mostReadBytes);
  }
}

/** One part of all, for which as much waits as there is room for. */
function merged(parts: readonly Part[]): Part {
  const firstMs = parts.reduce((least, part) => Math.min(least, part.firstMs), Number.POSITIVE_INFINITY);
  return { firstMs, late: LateStamps.unknown() };
}
