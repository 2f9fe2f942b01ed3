import type { Packet } from 'pcap-ts-parser';

/** Bytes of one stream that are kept while a name is looked for. */
export const STREAM_LIMIT = 16_384;

/** The beginning of one direction of a TCP flow, joined from segments that come in order. */
export class InOrderStream {
  /** Direction it belongs to: source to destination of the flow or back. */
  readonly forward: boolean;
  /** What its bytes look like: an index into `NAME_SOURCES`. */
  readonly source: number;
  bytes: Uint8Array;
  length = 0;
  #nextSequence: number;

  constructor(packet: Packet, forward: boolean, source: number) {
    this.forward = forward;
    this.source = source;
    this.bytes = new Uint8Array(Math.min(STREAM_LIMIT, packet.payloadLength * 2));
    this.#nextSequence = packet.tcpSequence | 0;
    this.append(packet);
  }

  /** No more bytes are taken: what is not decided by now stays so. */
  get isFull(): boolean {
    return this.length === STREAM_LIMIT;
  }

  /** Whether the segment begins after bytes that never came. */
  isAhead(packet: Packet): boolean {
    return this.#distance(packet) > 0;
  }

  /** Takes what is new in a segment, up to the limit; nothing of one that is ahead. Returns whether anything was new. */
  append(packet: Packet): boolean {
    const known = -this.#distance(packet);
    const fresh = Math.min(packet.payloadLength - known, STREAM_LIMIT - this.length);
    if (known < 0 || fresh <= 0) return false;
    const from = packet.payload + known;
    this.#makeRoom(this.length + fresh);
    this.bytes.set(packet.bytes.subarray(from, from + fresh), this.length);
    this.length += fresh;
    this.#nextSequence = (this.#nextSequence + fresh) | 0;
    return true;
  }

  /** From the next expected byte to the segment's first one, across the wrap of sequence numbers (RFC 9293, 3.4). */
  #distance(packet: Packet): number {
    return (packet.tcpSequence - this.#nextSequence) | 0;
  }

  #makeRoom(length: number): void {
    if (length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.min(STREAM_LIMIT, Math.max(length, this.bytes.length * 2)));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
