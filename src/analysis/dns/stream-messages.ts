import type { Packet } from 'pcap-ts-parser';
import { RecentMap } from '../memory/recent-map.ts';
import { type DnsQuestion, LONGEST_QUESTION } from './message.ts';

/** A message over TCP has its length in two bytes before it (RFC 1035, section 4.2.2). */
const PREFIX = 2;
/** Directions of connections that are in the middle of a message: those that spoke longest ago give way. */
const MOST_DIRECTIONS = 4096;
/** A segment that lies further behind than what is sent again would is of another connection. */
const MOST_BEHIND = 1 << 16;
const NOTHING = new Uint8Array(0);

/** What a segment left open. */
interface OpenMessage {
  /** Sequence number of the byte behind the segment. */
  next: number;
  /** The beginning of a message, its length before it, that does not tell its question yet. */
  begun: Uint8Array;
  /** Of a message whose question was read, the bytes to come. */
  left: number;
}

/**
 * Finds the messages of DNS over TCP, segment by segment and in bounded memory. They may begin and end anywhere in segments;
 * behind a missing one, and where a connection is not known, those are found that begin with a segment.
 */
export class StreamMessages {
  private readonly question: DnsQuestion;
  private readonly open: RecentMap<string, OpenMessage>;

  /** @param question has the question of the message that is told of */
  constructor(question: DnsQuestion, most = MOST_DIRECTIONS) {
    this.question = question;
    this.open = new RecentMap(most);
  }

  /**
   * Takes a segment with payload.
   *
   * @param source number of its source address, and of its destination address
   * @param tell told of each message with a question: how many bytes it has
   */
  add(packet: Packet, source: number, destination: number, tell: (bytes: number) => void): void {
    const { payload, payloadLength, wirePayloadLength } = packet;
    const key = `${source} ${packet.sourcePort} ${destination} ${packet.destinationPort}`;
    const open = this.open.size === 0 ? undefined : this.open.get(key);
    const known = open === undefined ? -1 : (open.next - packet.tcpSequence) | 0;
    // It is sent again: all of it was there before.
    if (known >= wirePayloadLength && known < MOST_BEHIND) return;
    if (open !== undefined) this.open.delete(key);
    const goesOn = open !== undefined && known >= 0 && known < MOST_BEHIND;
    const begun = goesOn ? open.begun : NOTHING;
    let bytes = packet.bytes;
    let at = payload + (goesOn ? known + open.left : 0);
    let end = payload + payloadLength;
    if (begun.length > 0) {
      bytes = joined(begun, bytes.subarray(at, end));
      at = 0;
      end = bytes.length;
    }
    const first = at;
    while (at + PREFIX < end && this.isMessage(bytes, at, end)) {
      tell(lengthAt(bytes, at));
      at += PREFIX + lengthAt(bytes, at);
    }
    if (!goesOn && at === first && this.question.read(bytes, at, end)) {
      // Its length came alone before, and was not seen.
      tell(wirePayloadLength);
      return;
    }
    const missing = wirePayloadLength - payloadLength;
    const left = Math.max(0, at - end - missing);
    const rest = missing === 0 && at < end && this.mayBegin(bytes, at, end) ? bytes.slice(at, end) : NOTHING;
    if (left > 0 || rest.length > 0)
      this.open.set(key, { next: packet.tcpSequence + wirePayloadLength, begun: rest, left });
  }

  /** Reads the question of a message with its length before it, as far as its bytes are there. */
  private isMessage(bytes: Uint8Array, at: number, end: number): boolean {
    return this.question.read(bytes, at + PREFIX, Math.min(end, at + PREFIX + lengthAt(bytes, at)));
  }

  /** Whether what does not tell a question could be the beginning of a message that does. */
  private mayBegin(bytes: Uint8Array, at: number, end: number): boolean {
    if (end - at < PREFIX) return true;
    const isOpen = at + PREFIX + lengthAt(bytes, at) > end && end - at < PREFIX + LONGEST_QUESTION;
    return isOpen && this.question.couldBegin(bytes, at + PREFIX, end);
  }
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return bytes[at] * 256 + bytes[at + 1];
}

function joined(begun: Uint8Array, bytes: Uint8Array): Uint8Array {
  const both = new Uint8Array(begun.length + bytes.length);
  both.set(begun);
  both.set(bytes, begun.length);
  return both;
}
