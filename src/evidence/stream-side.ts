import type { Packet } from 'pcap-ts-parser';

/** Bytes and pieces that may wait behind a hole: then the hole is taken for lost. */
const MOST_WAITING_BYTES = 1 << 18;
const MOST_WAITING = 256;

const SYN = 0x02;

/** Gets a stream in order. */
export interface StreamSink {
  /** Bytes that follow what came before; they are valid until the call returns. */
  data: (bytes: Uint8Array, start: number, end: number, atMs: number) => void;
  /** So many bytes never came, or were cut off when the capture was made. */
  gap: (missing: number, atMs: number) => void;
  /** Another connection begins between the same ports: what comes then does not go on with what came before. */
  restart?: () => void;
}

interface Piece {
  sequence: number;
  bytes: Uint8Array;
  wireLength: number;
  atMs: number;
}

/**
 * One direction of a TCP connection, put in order: late segments wait, repeated bytes count once, holes become gaps.
 */
export class StreamSide {
  /** Segments that hold nothing new. */
  repeated = 0;
  private readonly sink: StreamSink;
  private next: number | null = null;
  /** Sequence number of the first byte behind the last SYN. */
  private first: number | null = null;
  private waiting: Piece[] = [];
  private waitingBytes = 0;

  constructor(sink: StreamSink) {
    this.sink = sink;
  }

  /** Takes a segment of this direction. */
  add(packet: Packet, atMs: number): void {
    const isSyn = opens(packet);
    const sequence = (packet.tcpSequence + (isSyn ? 1 : 0)) | 0;
    if (isSyn) this.begin(sequence);
    const { wirePayloadLength, payload, payloadLength } = packet;
    if (wirePayloadLength === 0) return;
    this.next ??= sequence;
    const offset = (sequence - this.next) | 0;
    if (offset + wirePayloadLength <= 0) {
      this.repeated++;
    } else if (offset <= 0) {
      this.take(packet.bytes, payload, payload + payloadLength, wirePayloadLength, -offset, atMs);
      this.drain();
    } else {
      const bytes = packet.bytes.slice(payload, payload + payloadLength);
      this.wait({ sequence, bytes, wireLength: wirePayloadLength, atMs });
    }
  }

  /** Begins a stream at the sequence number of its first byte; the same beginning again is nothing new. */
  begin(sequence: number): void {
    if (this.first === sequence) return;
    this.flush();
    if (this.next !== null) this.sink.restart?.();
    this.first = sequence;
    this.next = sequence;
  }

  /** Gives what still waits behind holes: nothing more comes. */
  flush(): void {
    while (this.waiting.length > 0) this.passHole();
  }

  /** Gives a segment from its byte `skip` on, which is the one that comes next. */
  private take(bytes: Uint8Array, start: number, end: number, wireLength: number, skip: number, atMs: number): void {
    const from = Math.min(start + skip, end);
    if (from < end) this.sink.data(bytes, from, end, atMs);
    const missing = wireLength - skip - (end - from);
    if (missing > 0) this.sink.gap(missing, atMs);
    this.next = (this.next! + wireLength - skip) | 0;
  }

  /** Keeps a segment in order of sequence. */
  private wait(piece: Piece): void {
    const offset = (sequence: number): number => (sequence - this.next!) | 0;
    let place = this.waiting.length;
    while (place > 0 && offset(this.waiting[place - 1].sequence) > offset(piece.sequence)) place--;
    this.waiting.splice(place, 0, piece);
    this.waitingBytes += piece.bytes.length;
    while (this.waitingBytes > MOST_WAITING_BYTES || this.waiting.length > MOST_WAITING) this.passHole();
  }

  private passHole(): void {
    const [first] = this.waiting;
    const missing = (first.sequence - this.next!) | 0;
    if (missing > 0) {
      this.sink.gap(missing, first.atMs);
      this.next = first.sequence;
    }
    this.drain();
  }

  private drain(): void {
    let taken = 0;
    for (const piece of this.waiting) {
      const offset = (piece.sequence - this.next!) | 0;
      if (offset > 0) break;
      taken++;
      this.waitingBytes -= piece.bytes.length;
      if (offset + piece.wireLength <= 0) this.repeated++;
      else this.take(piece.bytes, 0, piece.bytes.length, piece.wireLength, -offset, piece.atMs);
    }
    if (taken > 0) this.waiting = this.waiting.slice(taken);
  }
}

/** Whether a segment opens one direction of a connection. */
export function opens({ tcpFlags }: Packet): boolean {
  return (tcpFlags & SYN) !== 0;
}
