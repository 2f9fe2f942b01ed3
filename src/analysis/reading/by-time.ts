import type { Packet, ReadOptions } from 'pcap-ts-parser';
import { Lane, type Outcome, type TimedSource } from './lane.ts';
import { isBefore } from './late-packets.ts';
import { PacketQueue } from './packet-queue.ts';
import { NEAR_MS } from './same-packets.ts';
import { timeMs } from './time.ts';

/** What happens as captures are read; `index` is the capture's place among those given. */
export interface ByTimeHandlers {
  /** A capture is opened: how it is to be read. */
  onOpen: (index: number) => ReadOptions;
  /** A packet, one object that is overwritten. `alone` is false while other captures are read beside this one. */
  onPacket: (packet: Packet, index: number, alone: boolean) => void;
  onEnd: (index: number, outcome: Outcome) => void;
}

/** Captures that are read beside each other at most; those that begin later wait until one of them ends. */
const MOST_OPEN = 64;
/** Bytes that are read of each at a time, and queued at most but for one packet. */
const CHUNK_BYTES = 1 << 20;

/**
 * Reads captures merged by time: where two overlap, as those of a tap with a file for each direction do, their packets
 * come in the order of their stamps. A capture is opened when its first packet is due, so that rotated files are read
 * one after another and without a copy. What is queued is bounded by a chunk for each capture that is open.
 *
 * @param sources in the order of their first packets
 */
export async function readByTime(sources: readonly TimedSource[], handlers: ByTimeHandlers): Promise<void> {
  const open: Lane[] = [];
  /** Of readings that have ended, for those that begin: thousands of small captures would each have one made. */
  const idle: PacketQueue[] = [];
  let next = 0;
  /** Up to this time packets may be those of a capture that has ended. */
  let besideUntilMs = Number.NEGATIVE_INFINITY;
  let latestMs = Number.NEGATIVE_INFINITY;
  const start = (): void => {
    const index = next++;
    const hasOthers = open.length > 0;
    const options = { chunkBytes: CHUNK_BYTES, ...handlers.onOpen(index) };
    const take = (packet: Packet): void => handlers.onPacket(packet, index, true);
    const until = hasOthers ? Number.NEGATIVE_INFINITY : dueMs(sources, next);
    open.push(new Lane(index, idle.pop() ?? new PacketQueue(), sources[index], take, options, until));
  };
  try {
    while (next < sources.length || open.length > 0) {
      if (open.length === 0) start();
      // All go on meanwhile. Where packets of several captures alternate, waiting for each would take longer than all the rest.
      for (const lane of open) if (!lane.isReady) await lane.ready();
      for (let place = 0; place < open.length; place++) {
        const lane = open[place];
        if (lane.queue.length > 0 || lane.outcome === null) continue;
        open.splice(place--, 1);
        idle.push(lane.queue);
        besideUntilMs = open.length > 0 ? latestMs + NEAR_MS : besideUntilMs;
        handlers.onEnd(lane.index, lane.outcome);
      }
      const first = earliest(open);
      if (first === null) continue;
      if (open.length < MOST_OPEN && dueMs(sources, next) <= timeMs(first.queue.head)) {
        start();
        continue;
      }
      const untilMs = Math.min(dueMs(sources, open.length < MOST_OPEN ? next : sources.length), secondMs(open, first));
      do {
        latestMs = timeMs(first.queue.head);
        handlers.onPacket(first.queue.head, first.index, open.length === 1 && latestMs > besideUntilMs);
        first.queue.shift();
      } while (first.queue.length > 0 && timeMs(first.queue.head) < untilMs);
      const isAlone = open.length === 1 && latestMs > besideUntilMs;
      if (first.queue.length === 0) first.goOn(isAlone ? dueMs(sources, next) : Number.NEGATIVE_INFINITY);
    }
  } finally {
    for (const lane of open) lane.stop();
  }
}

/** From when on the capture at a place is read: somewhat before it begins, to find what another sensor saw too. */
function dueMs(sources: readonly TimedSource[], place: number): number {
  return place < sources.length ? sources[place].firstMs - NEAR_MS : Number.POSITIVE_INFINITY;
}

/** The capture whose packet is the earliest; of equals the one that was opened first, of one file its order. */
function earliest(open: readonly Lane[]): Lane | null {
  let first: Lane | null = null;
  for (const lane of open) if (first === null || goesBefore(lane, first)) first = lane;
  return first;
}

function goesBefore(lane: Lane, first: Lane): boolean {
  if (lane.source === first.source) return isBefore(lane.queue.head, first.queue.head);
  return timeMs(lane.queue.head) < timeMs(first.queue.head);
}

/** The time of the earliest packet of the other captures. */
function secondMs(open: readonly Lane[], first: Lane): number {
  return open.reduce(
    (least, lane) => (lane === first ? least : Math.min(least, timeMs(lane.queue.head))),
    Number.POSITIVE_INFINITY,
  );
}
