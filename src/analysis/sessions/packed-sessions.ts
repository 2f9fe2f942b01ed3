import { sortAscending, median } from '../scores/statistics.ts';
import type { Details } from './details.ts';
import { isOpener, messageSide, messageSize, messageTimeUs, putMessage } from './message.ts';
import type { EndedSessions, SessionRecords } from './records.ts';
import {
  BUSY,
  BYTES,
  BYTES_HIGH,
  DETAILED,
  FINISHED,
  FIRST,
  FIRST_SIDE,
  FLAGS,
  FRESH,
  HAS_FIRST,
  HAS_SECOND,
  HEAD,
  INITIATOR,
  LAST,
  MICROSECOND_MASK,
  MICROSECONDS,
  PROBES,
  RESET,
  RETRANSMITTED,
  SECOND,
  SEEN,
  SILENCE_HEAD,
  SILENCES,
  START,
  STORED,
  SYN_SEEN,
  TWO_32,
} from './record.ts';
import { CLOSED_BY_FIN, CLOSED_BY_RESET, type KeepAlive, type Messages, OPEN, type Sessions } from './sessions.ts';
import { CHUNK_SLOTS, CHUNK_WORDS } from './slots.ts';

/**
 * All sessions, by number: first the last one of each conversation, under the conversation's number, then earlier ones.
 * They stay packed: most are never asked for more than their span.
 */
export class PackedSessions implements Sessions {
  /** How many conversations there are. */
  readonly conversations: number;
  readonly length: number;
  private readonly live: SessionRecords;
  private readonly ended: EndedSessions;
  private readonly details: Details;

  constructor(live: SessionRecords, ended: EndedSessions, details: Details) {
    this.live = live;
    this.ended = ended;
    this.details = details;
    this.conversations = live.length;
    this.length = live.length + ended.records.length;
  }

  /** Messages and probes that found no room in the memory for all of them. */
  get lostMessages(): number {
    return this.details.lost;
  }

  /** Bytes of records, and bytes of messages and what belongs to them. */
  get memory(): { records: number; messages: number } {
    return { records: this.live.bytes + this.ended.records.bytes, messages: this.details.pool.bytes };
  }

  conversationOf(session: number): number {
    return session < this.conversations ? session : this.ended.conversations[session - this.conversations];
  }

  /** Time of the first packet, in milliseconds since 1970 with fractions. */
  startMs(session: number): number {
    return (this.word(session, START) >>> 0) * 1000 + (this.word(session, FLAGS) & MICROSECOND_MASK) / 1000;
  }

  /** From the first packet to the latest, in whole milliseconds. */
  durationMs(session: number): number {
    return this.word(session, LAST) >>> 0;
  }

  /** New payload bytes of a side. */
  bytes(session: number, side: number): number {
    const high = this.detailWord(session, BYTES_HIGH);
    return (this.word(session, BYTES + side) >>> 0) + (side === 0 ? high & 0xffff : high >>> 16) * TWO_32;
  }

  retransmitted(session: number): number {
    return this.isDetailed(session) ? this.detailWord(session, RETRANSMITTED) : this.word(session, FIRST) & 0xff;
  }

  /** `OPEN`, `CLOSED_BY_FIN` or `CLOSED_BY_RESET`. */
  closed(session: number): number {
    const flags = this.word(session, FLAGS);
    if ((flags & FINISHED) !== 0) return CLOSED_BY_FIN;
    return (flags & RESET) === 0 ? OPEN : CLOSED_BY_RESET;
  }

  /** Whether a SYN of either side was seen. */
  synSeen(session: number): boolean {
    return (this.word(session, FLAGS) & SYN_SEEN) !== 0;
  }

  /** The side that sent the SYN or got the SYN-ACK; without either, the one that sent the first packet. */
  firstSender(session: number): number {
    return (this.word(session, FLAGS) & INITIATOR) === 0 ? 0 : 1;
  }

  /** All messages, also those that were not kept. */
  messagesSeen(session: number): number {
    if (this.isDetailed(session)) return this.detailWord(session, SEEN);
    const flags = this.word(session, FLAGS);
    return ((flags & HAS_FIRST) === 0 ? 0 : 1) + ((flags & HAS_SECOND) === 0 ? 0 : 1);
  }

  /** Messages that were kept, the first ones. */
  messagesKept(session: number): number {
    return this.isDetailed(session) ? this.detailWord(session, STORED) : this.messagesSeen(session);
  }

  /** Seconds of the session, counted from its start, in which new payload came, and all its seconds begun. */
  busySeconds(session: number): number {
    if (this.isDetailed(session)) return this.detailWord(session, BUSY);
    const flags = this.word(session, FLAGS);
    if ((flags & HAS_FIRST) === 0) return 0;
    const side = (flags & FIRST_SIDE) === 0 ? 0 : 1;
    const first = Math.floor((this.word(session, FIRST) >>> 8) / MICROSECONDS);
    const last = Math.floor((this.word(session, FRESH + side) >>> 0) / MICROSECONDS);
    if ((flags & HAS_SECOND) === 0) return last - first + 1;
    const otherFirst = Math.floor((this.word(session, SECOND) >> 1) / MICROSECONDS);
    const otherLast = Math.floor((this.word(session, FRESH + 1 - side) | 0) / MICROSECONDS);
    const shared = Math.max(0, Math.min(last, otherLast) - Math.max(first, otherFirst) + 1);
    return last - first + 1 + otherLast - otherFirst + 1 - shared;
  }

  seconds(session: number): number {
    return Math.floor(this.durationMs(session) / 1000) + 1;
  }

  /** Null without probes. */
  keepAlive(session: number): KeepAlive | null {
    const probes: KeepAlive['probes'] = [this.detailWord(session, PROBES), this.detailWord(session, PROBES + 1)];
    if (probes[0] + probes[1] === 0) return null;
    const { pool } = this.details;
    const silences = new Float64Array(this.detailWord(session, SILENCES));
    let chunk = this.detailWord(session, SILENCE_HEAD);
    for (let index = 0; index < silences.length; index++) {
      if (index > 0 && index % CHUNK_WORDS === 0) chunk = pool.following(chunk);
      silences[index] = (pool.words[chunk * CHUNK_WORDS + (index % CHUNK_WORDS)] >>> 0) / 1000;
    }
    sortAscending(silences);
    return { probes, silenceS: median(silences) };
  }

  /** Writes a session's messages into `into`, which has room for `MOST_MESSAGES`, and returns it. */
  messages(session: number, into: Messages): Messages {
    if (!this.isDetailed(session)) return this.firstMessages(session, into);
    const { pool } = this.details;
    into.length = this.detailWord(session, STORED);
    let chunk = this.detailWord(session, HEAD);
    for (let index = 0; index < into.length; index++) {
      if (index > 0 && index % CHUNK_SLOTS === 0) chunk = pool.following(chunk);
      readMessage(pool.words, chunk * CHUNK_WORDS + 2 * (index % CHUNK_SLOTS), into, index);
    }
    return into;
  }

  private firstMessages(session: number, into: Messages): Messages {
    into.length = this.messagesSeen(session);
    if (into.length === 0) return into;
    const words = new Int32Array(4);
    const side = (this.word(session, FLAGS) & FIRST_SIDE) === 0 ? 0 : 1;
    const put = (at: number, timeUs: number, of: number, opens: boolean): void => {
      const seconds = Math.floor(timeUs / MICROSECONDS);
      putMessage(words, at, seconds, timeUs - seconds * MICROSECONDS, of, opens, this.bytes(session, of));
    };
    put(0, this.word(session, FIRST) >>> 8, side, true);
    put(2, this.word(session, SECOND) >> 1, 1 - side, (this.word(session, SECOND) & 1) !== 0);
    for (let index = 0; index < into.length; index++) readMessage(words, 2 * index, into, index);
    return into;
  }

  private word(session: number, word: number): number {
    const { live, ended, conversations } = this;
    return session < conversations
      ? live.rows.get(session, word)
      : ended.records.rows.get(session - conversations, word);
  }

  private isDetailed(session: number): boolean {
    return (this.word(session, FLAGS) & DETAILED) !== 0;
  }

  /** A word of a session's detail; 0 where it has none. */
  private detailWord(session: number, word: number): number {
    if (!this.isDetailed(session)) return 0;
    return this.details.pool.words[this.word(session, FIRST) * CHUNK_WORDS + word];
  }
}

function readMessage(words: Int32Array, at: number, into: Messages, index: number): void {
  into.timesUs[index] = messageTimeUs(words, at);
  into.sides[index] = messageSide(words, at);
  into.openers[index] = isOpener(words, at) ? 1 : 0;
  into.sizes[index] = messageSize(words, at);
}
