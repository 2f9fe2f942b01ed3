import type { StreamSink } from './stream-side.ts';

/** Bytes of the length before a message (RFC 1035, section 4.2.2). */
const PREFIX = 2;
const USUAL_BYTES = 512;

/** One direction of DNS over TCP, cut into its messages. Two bytes of length bound what is kept of one. */
export class DnsSide implements StreamSink {
  private readonly take: StreamSink['data'];
  private bytes = new Uint8Array(USUAL_BYTES);
  private length = 0;

  /** @param take told of each whole message, and when its last byte came */
  constructor(take: StreamSink['data']) {
    this.take = take;
  }

  data(source: Uint8Array, start: number, end: number, atMs: number): void {
    this.makeRoom(this.length + end - start);
    this.bytes.set(source.subarray(start, end), this.length);
    this.length += end - start;
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

  /** What goes on behind a hole begins anew. */
  gap(): void {
    this.length = 0;
  }

  private makeRoom(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(length, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
