import type { Packet } from 'pcap-ts-parser';
import { Reassembly, STREAM_LIMIT } from '../../protocols/reassembly.ts';
import type { StreamProtocol } from './stream-protocols.ts';

/** The beginning of one direction of a TCP flow, joined from its segments in any order. */
export class TcpStream extends Reassembly {
  /** What its bytes begin like; null while they do not tell. */
  protocol: StreamProtocol | null;
  readonly #firstSequence: number;

  /** Begins `missing` bytes before a segment, with the segment in it. */
  constructor(packet: Packet, protocol: StreamProtocol | null, missing: number) {
    super(2 * packet.payloadLength + missing);
    this.protocol = protocol;
    this.#firstSequence = (packet.tcpSequence - missing) | 0;
    this.append(packet);
  }

  /** Whether the segment lies where bytes are kept. */
  covers(packet: Packet): boolean {
    const offset = this.#offset(packet);
    return offset < STREAM_LIMIT && offset + packet.payloadLength > 0;
  }

  /** Takes what is new in a segment. Returns whether more bytes are there without a hole. */
  append(packet: Packet): boolean {
    return this.add(this.#offset(packet), packet.bytes, packet.payload, packet.payload + packet.payloadLength);
  }

  /** From the first byte to the segment's first one, across the wrap of sequence numbers (RFC 9293, section 3.4). */
  #offset(packet: Packet): number {
    return (packet.tcpSequence - this.#firstSequence) | 0;
  }
}
