import {
  type ByteSource,
  CaptureError,
  type CaptureInfo,
  type Packet,
  type ReadOptions,
  readPackets,
  readPacketsIn,
} from 'pcap-ts-parser';
import { LatePackets } from './late-packets.ts';
import type { LateStamps } from './late-stamps.ts';
import { PacketQueue } from './packet-queue.ts';
import { PartsInOrder } from './parts-in-order.ts';
import { timeMs } from './time.ts';

/** A capture to read, and when its first packet was captured, in milliseconds since 1970; Infinity without one. */
export interface TimedSource {
  source: ByteSource;
  firstMs: number;
  /**
   * Only the packets of this part are meant: those that come late are put in order. Its share is that of the memory that
   * this may take. Without it all are meant, in the order of the file.
   */
  part?: { number: number; isOnly: boolean; late: LateStamps; share: number };
}

/** How a capture's reading ended: with what was read, or with why nothing could be. */
export type Outcome = CaptureInfo | CaptureError;

/**
 * The reading of one capture among several. While it is alone its packets are handed on as they are read, up to the
 * time at which the next capture begins; beside others they are queued, and reading waits while any is.
 */
export class Lane {
  readonly index: number;
  readonly source: ByteSource;
  /** Of packets that wait; empty when the reading is done. */
  readonly queue: PacketQueue;
  outcome: Outcome | null = null;
  /** Packets before this time are handed on directly; -Infinity queues all. */
  private directUntilMs = Number.NEGATIVE_INFINITY;
  private readonly take: (packet: Packet) => void;
  private failure: unknown = null;
  private isStopped = false;
  private readonly late: LatePackets | null;
  private waiting: (() => void) | null = null;
  private wake: (() => void) | null = null;

  constructor(
    index: number,
    queue: PacketQueue,
    { source, part }: TimedSource,
    take: (packet: Packet) => void,
    options: ReadOptions,
    directUntilMs: number,
  ) {
    this.index = index;
    this.queue = queue;
    this.source = source;
    this.take = take;
    this.directUntilMs = directUntilMs;
    const add = (packet: Packet): void => this.add(packet);
    this.late = part === undefined ? null : new LatePackets(part.late, part.share, add);
    const takeOf = this.late === null ? add : ofPart(part, this.late);
    const { bytes } = source;
    // No more is queued at a time.
    if (bytes !== undefined && bytes.length <= (options.chunkBytes ?? 0)) this.readAll(bytes, takeOf, options);
    else void this.run(source, takeOf, options);
  }

  /** Whether packets are queued, or nothing more comes. */
  get isReady(): boolean {
    return this.queue.length > 0 || this.outcome !== null;
  }

  /** Resolves when packets are queued, or nothing more comes. Throws what ended the reading but `CaptureError`s. */
  async ready(): Promise<void> {
    if (!this.isReady && this.failure === null) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.failure !== null) throw this.failure;
  }

  /** Goes on reading; call it when nothing is queued. */
  goOn(directUntilMs: number): void {
    this.directUntilMs = directUntilMs;
    const { waiting } = this;
    this.waiting = null;
    waiting?.();
  }

  /** Ends the reading where it waits. */
  stop(): void {
    this.isStopped = true;
    this.goOn(Number.NEGATIVE_INFINITY);
  }

  private async run(source: ByteSource, take: (packet: Packet) => void, options: ReadOptions): Promise<void> {
    try {
      this.end(await readPackets(this.paced(source), take, options));
    } catch (error) {
      this.fail(error);
    }
    this.wake?.();
  }

  /** Reads what is in memory. */
  private readAll(bytes: Uint8Array<ArrayBuffer>, take: (packet: Packet) => void, options: ReadOptions): void {
    try {
      this.end(readPacketsIn(bytes, take, options));
    } catch (error) {
      this.fail(error);
    }
  }

  private end(outcome: Outcome): void {
    this.late?.end();
    this.outcome = outcome;
  }

  private fail(error: unknown): void {
    if (error instanceof CaptureError) this.outcome = error;
    else this.failure = error ?? new Error('reading ended without a reason');
  }

  private add(packet: Packet): void {
    if (this.queue.length === 0 && (!packet.timed || timeMs(packet) < this.directUntilMs)) {
      this.take(packet);
      return;
    }
    this.directUntilMs = Number.NEGATIVE_INFINITY;
    this.queue.add(packet);
  }

  /** The source, whose reader waits before each read while packets are queued. */
  private paced(source: ByteSource): ByteSource {
    const pause = async (): Promise<void> => {
      if (this.queue.length === 0) return;
      this.wake?.();
      this.wake = null;
      await new Promise<void>((resolve) => (this.waiting = resolve));
      if (this.isStopped) throw new Error('the reading was ended');
    };
    return {
      name: source.name,
      size: source.size,
      open() {
        const reader = source.open();
        return {
          async read(space) {
            await pause();
            return reader.read(space);
          },
          close: async () => reader.close(),
        };
      },
    };
  }
}

/** Takes all packets of a file, and hands those of a part to what puts them in order. */
function ofPart(part: TimedSource['part'], late: LatePackets): (packet: Packet) => void {
  if (part === undefined || part.isOnly) return (packet) => late.add(packet);
  const parts = new PartsInOrder();
  return (packet) => {
    if (parts.partOf(packet, timeMs(packet)) === part.number) late.add(packet);
  };
}
