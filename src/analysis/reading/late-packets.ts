import { Packet } from 'pcap-ts-parser';
import type { LateStamps } from './late-stamps.ts';
import { timeMs } from './time.ts';

/** Packets of one capture that wait at most, and their bytes. */
const MOST_PACKETS = 1 << 17;
const MOST_BYTES = 1 << 26;
/** A packet's room is a power of two, of which the exponent is at least this. */
const LEAST_ROOM = 7;

/** Whether all packets of a capture may wait at a time; `bytes` are those of their rooms. */
export function mayAllWait(packets: number, bytes: number): boolean {
  return packets <= MOST_PACKETS && bytes <= MOST_BYTES;
}

/** Bytes that a packet takes while it waits. */
export function waitingBytes({ capturedLength }: Packet): number {
  return 1 << roomFor(capturedLength);
}

/**
 * Puts packets in order of which it is known which come late, or how late at most: each waits, copied, until no earlier
 * one can come. What is held is bounded: where more would have to wait, the earliest goes on.
 */
export class LatePackets {
  /** A heap: no packet goes before the one at half its place. */
  private readonly heap: Packet[] = [];
  /** By exponent of their room: packets that were handed on, whose room serves again, and the bytes of all of it. */
  private readonly free: Packet[][] = [];
  private freeBytes = 0;
  private readonly untilMs: (number: number, latestMs: number) => number;
  private readonly share: number;
  private readonly handOn: (packet: Packet) => void;
  private latestMs = Number.NEGATIVE_INFINITY;
  private bytes = 0;

  /** @param share of what may be held that is this one's */
  constructor(late: LateStamps, share: number, handOn: (packet: Packet) => void) {
    this.untilMs = late.reader();
    this.share = share;
    this.handOn = handOn;
  }

  /** Takes the next packet in the order of the file, and hands on all that wait no longer. */
  add(packet: Packet): void {
    const ms = timeMs(packet);
    if (packet.timed) this.latestMs = Math.max(this.latestMs, ms);
    const untilMs = this.untilMs(packet.number, this.latestMs);
    if (this.heap.length === 0 && ms <= untilMs) {
      this.handOn(packet);
      return;
    }
    const copy = this.copyOf(packet);
    this.bytes += copy.bytes.length;
    this.put(copy);
    while (this.heap.length > 0 && (timeMs(this.heap[0]) <= untilMs || this.isFull)) this.release();
  }

  /** Hands on all that wait. */
  end(): void {
    while (this.heap.length > 0) this.release();
  }

  private get isFull(): boolean {
    return this.heap.length > MOST_PACKETS * this.share || this.bytes > MOST_BYTES * this.share;
  }

  private copyOf(packet: Packet): Packet {
    const exponent = roomFor(packet.capturedLength);
    const used = this.free[exponent]?.pop();
    if (used !== undefined) this.freeBytes -= used.bytes.length;
    const copy = used ?? new Packet();
    copy.copyFrom(packet, used?.bytes ?? new Uint8Array(2 ** exponent), 0);
    return copy;
  }

  private put(packet: Packet): void {
    const { heap } = this;
    let place = heap.length;
    heap.push(packet);
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(packet, heap[above])) break;
      heap[place] = heap[above];
      place = above;
    }
    heap[place] = packet;
  }

  private release(): void {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop() as Packet;
    if (heap.length > 0) this.sink(last);
    this.bytes -= first.bytes.length;
    this.handOn(first);
    if (this.bytes + this.freeBytes > MOST_BYTES * this.share) return;
    this.freeBytes += first.bytes.length;
    (this.free[roomFor(first.bytes.length)] ??= []).push(first);
  }

  /** Puts a packet in the place of the first one, and down to where it belongs. */
  private sink(packet: Packet): void {
    const { heap } = this;
    let place = 0;
    for (;;) {
      let below = place * 2 + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1], heap[below])) below++;
      if (!isBefore(heap[below], packet)) break;
      heap[place] = heap[below];
      place = below;
    }
    heap[place] = packet;
  }
}

/** Exponent of the power of two that is the room of a packet of that many bytes. */
function roomFor(length: number): number {
  return length <= 1 << LEAST_ROOM ? LEAST_ROOM : 32 - Math.clz32(length - 1);
}

/** Whether a packet was captured before another: of two at one time the one that is first in the file. */
export function isBefore(packet: Packet, other: Packet): boolean {
  const apart = timeMs(packet) - timeMs(other);
  return apart < 0 || (apart === 0 && packet.number < other.number);
}
