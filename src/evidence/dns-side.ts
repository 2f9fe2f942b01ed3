import type { StreamSink } from './stream-side.ts';

/** Bytes of the length before a message (RFC 1035, section 4.2.2). */
const PREFIX = 2;
const USUAL_BYTES = 512;

/** One direction of DNS over TCP, cut into its messages. Two bytes of length bound what is kept of one. */
export class DnsSide implements StreamSink {
  private readonly take: StreamSink['data'];
  private bytes = new Uint8Array(USUAL_BYTES);
  private length = 0;
  /** Bytes to come that belong to a message with a hole. */
  private left = 0;

  /** @param take told of each message, as far as it is there, and when its last byte came */
  constructor(take: StreamSink['data']) {
    this.take = take;
  }

  data(source: Uint8Array, start: number, end: number, atMs: number): void {
    const from = Math.min(end, start + this.left);
    this.left -= from - start;
    this.makeRoom(this.length + end - from);
    this.bytes.set(source.subarray(from, end), this.length);
    this.length += end - from;
    let at = 0;
    while (at + PREFIX <= this.length) {
      const next = at + PREFIX + this.bytes[at] * 256 + this.bytes[at + 1];
      if (next > this.length) break;
      this.take(this.bytes, at + PREFIX, next, atMs);
      at = next;
    }
    this.bytes.copyWithin(0, at, this.length);
    this.length -= at;
  }

  /** Of a message with a hole what lies before it is told. Where it ends is known, but not of one without its length. */
  gap(missing: number, atMs: number): void {
    if (this.length >= PREFIX) {
      this.left = PREFIX + this.bytes[0] * 256 + this.bytes[1] - this.length;
      this.take(this.bytes, PREFIX, this.length, atMs);
    }
    this.length = 0;
    this.left = Math.max(0, this.left - missing);
  }

  private makeRoom(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(length, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
