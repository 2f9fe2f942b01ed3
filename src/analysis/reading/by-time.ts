import type { Packet, ReadOptions } from 'pcap-ts-parser';
import type { Warning } from '../capture.ts';
import { Lane, type Outcome, type TimedSource } from './lane.ts';
import { isBefore } from './late-packets.ts';
import { PacketQueue } from './packet-queue.ts';
import { NEAR_MS } from './same-packets.ts';
import { timeMs } from './time.ts';

/** What happens as captures are read; `index` is the capture's place among those given. */
export interface ByTimeHandlers {
  /** A capture is opened, late where too many were open when it began: how it is to be read. */
  onOpen: (index: number, isLate: boolean) => ReadOptions;
  /** A packet, one object that is overwritten. `alone` is false while other captures are read beside this one. */
  onPacket: (packet: Packet, index: number, alone: boolean) => void;
  onEnd: (index: number, outcome: Outcome) => void;
}

/** Captures that are read beside each other at most; those that begin later wait until one of them ends. */
const MOST_OPEN = 512;
/**
 * Bytes that are read of each at a time, and queued at most but for one packet; where many are open, of all of them. Of
 * small packets, what is queued takes six times as much.
 */
const CHUNK_BYTES = 1 << 20;
const CHUNK_BYTES_OF_ALL = 1 << 22;
/** Those that begin within this time share from the first one on, which else would have filled its queue by then. */
const SOON_MS = 60_000;

/**
 * Reads captures merged by time: where two overlap, as those of a tap with a file for each direction do, their packets
 * come in the order of their stamps. A capture is opened when its first packet is due, so that rotated files are read
 * one after another and without a copy. What is queued is bounded by a chunk for each capture that is open.
 *
 * @param sources in the order of their first packets
 */
export async function readByTime(sources: readonly TimedSource[], handlers: ByTimeHandlers): Promise<void> {
  /** Those of which packets are queued, the one with the earliest first; and those that have to be waited for. */
  const open: Lane[] = [];
  const waiting: Lane[] = [];
  /** Of readings that have ended, for those that begin: thousands of small captures would each have one made. */
  const idle: PacketQueue[] = [];
  let next = 0;
  /** Behind the last one that begins soon after the one that was opened last. */
  let soon = 0;
  /** Up to this time packets may be those of a capture that has ended. */
  let besideUntilMs = Number.NEGATIVE_INFINITY;
  let latestMs = Number.NEGATIVE_INFINITY;
  const start = (): void => {
    const index = next++;
    const others = open.length + waiting.length;
    while (soon < sources.length && sources[soon].firstMs <= sources[index].firstMs + SOON_MS) soon++;
    const beside = Math.min(MOST_OPEN, others + soon - index);
    const chunkBytes = Math.min(CHUNK_BYTES, Math.floor(CHUNK_BYTES_OF_ALL / beside));
    const options = { chunkBytes, ...handlers.onOpen(index, sources[index].firstMs < latestMs) };
    const take = (packet: Packet): void => handlers.onPacket(packet, index, true);
    const until = others > 0 ? Number.NEGATIVE_INFINITY : dueMs(sources, next);
    waiting.push(new Lane(index, idle.pop() ?? new PacketQueue(), sources[index], take, options, until));
  };
  try {
    while (next < sources.length || open.length + waiting.length > 0) {
      if (open.length + waiting.length === 0) start();
      // Where packets of several captures alternate, waiting for each would take longer than all the rest.
      for (const lane of waiting) if (!lane.isReady) await lane.ready();
      for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
        if (lane.queue.length > 0) putInOrder(open, lane);
        else if (lane.outcome !== null) {
          idle.push(lane.queue);
          besideUntilMs = open.length + waiting.length > 0 ? latestMs + NEAR_MS : besideUntilMs;
          handlers.onEnd(lane.index, lane.outcome);
        }
      }
      if (open.length === 0) continue;
      const [first, second] = open;
      const isFull = open.length >= MOST_OPEN;
      if (!isFull && dueMs(sources, next) <= timeMs(first.queue.head)) {
        start();
        continue;
      }
      const untilMs = Math.min(
        dueMs(sources, isFull ? sources.length : next),
        second === undefined ? Number.POSITIVE_INFINITY : timeMs(second.queue.head),
      );
      do {
        latestMs = timeMs(first.queue.head);
        handlers.onPacket(first.queue.head, first.index, open.length === 1 && latestMs > besideUntilMs);
        first.queue.shift();
      } while (first.queue.length > 0 && timeMs(first.queue.head) < untilMs);
      const isAlone = open.length === 1 && latestMs > besideUntilMs;
      open.shift();
      if (first.queue.length > 0) putInOrder(open, first);
      else {
        waiting.push(first);
        first.goOn(isAlone ? dueMs(sources, next) : Number.NEGATIVE_INFINITY);
      }
    }
  } finally {
    for (const lane of [...open, ...waiting]) lane.stop();
  }
}

/** From when on the capture at a place is read: somewhat before it begins, to find what another sensor saw too. */
function dueMs(sources: readonly TimedSource[], place: number): number {
  return place < sources.length ? sources[place].firstMs - NEAR_MS : Number.POSITIVE_INFINITY;
}

/** Puts a capture among others by its earliest packet: of equals the one that was opened first, of one file its order. */
function putInOrder(open: Lane[], lane: Lane): void {
  let [low, high] = [0, open.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (goesBefore(lane, open[middle])) high = middle;
    else low = middle + 1;
  }
  open.splice(low, 0, lane);
}

function goesBefore(lane: Lane, other: Lane): boolean {
  if (lane.source === other.source) return isBefore(lane.queue.head, other.queue.head);
  const apart = timeMs(lane.queue.head) - timeMs(other.queue.head);
  return apart < 0 || (apart === 0 && lane.index < other.index);
}

/** What is to be said of a capture that was opened late. */
export function openedLate(): Warning {
  const message =
    `it overlaps in time with more than ${MOST_OPEN} captures, and was read when one of them had ended: its packets count ` +
    'later than they came (merge some of them first: mergecap)';
  return { kind: 'opened-late', offset: null, message };
}
