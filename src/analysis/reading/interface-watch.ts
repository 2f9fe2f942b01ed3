import type { ByteSource, Packet } from 'pcap-ts-parser';
import { timeMs } from './time.ts';

/** Interfaces of one file that are put in order of time; a file with more is read as it is. */
export const MOST_INTERFACES = 16;
/** Packets of two interfaces that are written down in turn lie no further apart than this. */
const LEAST_STEP_MS = 1000;

/** A capture holds the packets of one interface behind those of another, though they were captured at the same time. */
export class InterfacesInTurn extends Error {
  override readonly name = 'InterfacesInTurn';
  readonly source: ByteSource;

  constructor(source: ByteSource) {
    super(`${source.name} holds one interface after another`);
    this.source = source;
  }
}

/** Tells captures that hold one interface after another as they are read. */
export class InterfaceWatch {
  private readonly source: ByteSource;
  private readonly seen = new Set<number>();
  private latest = -1;
  private latestMs = Number.NEGATIVE_INFINITY;

  constructor(source: ByteSource) {
    this.source = source;
  }

  /**
   * Takes the next packet in the order of the file. Throws `InterfacesInTurn` where a new interface begins in the past.
   */
  take(packet: Packet): void {
    if (this.isInTurn(packet)) throw new InterfacesInTurn(this.source);
  }

  /** Takes the next packet in the order of the file; whether with it a new interface begins in the past. */
  isInTurn(packet: Packet): boolean {
    if (!packet.timed) return false;
    const ms = timeMs(packet);
    if (packet.interfaceId !== this.latest && !this.seen.has(packet.interfaceId)) {
      if (this.seen.size > 0 && this.seen.size < MOST_INTERFACES && this.latestMs - ms > LEAST_STEP_MS) {
        return true;
      }
      this.seen.add(packet.interfaceId);
    }
    this.latest = packet.interfaceId;
    if (ms > this.latestMs) this.latestMs = ms;
    return false;
  }
}
