import { Packet } from 'pcap-ts-parser';

/** Few at first: thousands of small captures are queued, one after another, and clearing more takes longer than all else. */
const FIRST_BYTES = 1 << 8;

/**
 * Packets that wait for those of other captures, each copied out of the chunk that it was read from, in order of
 * arrival.
 */
export class PacketQueue {
  private packets: Packet[] = [];
  private first = 0;
  private count = 0;
  private bytes = new Uint8Array(0);
  private used = 0;

  get length(): number {
    return this.count - this.first;
  }

  /** The packet that has waited longest; of no meaning when there is none. */
  get head(): Packet {
    return this.packets[this.first];
  }

  add(packet: Packet): void {
    const { capturedLength } = packet;
    if (this.used + capturedLength > this.bytes.length) this.grow(capturedLength);
    (this.packets[this.count] ??= new Packet()).copyFrom(packet, this.bytes, this.used);
    this.used += capturedLength;
    this.count++;
  }

  /** Lets go of the head; when none is left, the memory of those that were queued serves again. */
  shift(): void {
    this.first++;
    if (this.first < this.count) return;
    this.packets.length = this.count;
    this.first = this.count = this.used = 0;
  }

  /** Packets that are queued keep the bytes they were copied into. */
  private grow(needed: number): void {
    this.bytes = new Uint8Array(Math.max(FIRST_BYTES, this.bytes.length * 2, needed));
    this.used = 0;
  }
}
