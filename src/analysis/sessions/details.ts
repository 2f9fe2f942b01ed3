import { enlargeMessage, LARGEST_MESSAGE, putMessage } from './message.ts';
import {
  BUSY, BUSY_SECOND, BYTES, BYTES_HIGH, CURRENT, DETAILED, FIRST, FIRST_SIDE, FRESH, HAS_FIRST, HAS_SECOND, HEAD,
  MICROSECONDS, PROBES, RETRANSMITTED, SECOND, SEEN, SILENCE_HEAD, SILENCE_TAIL, SILENCES, START_HIGH, STORED, TAIL,
} from './record.ts';
import { CHUNK_SLOTS, SlotPool } from './slots.ts';

/** Messages kept of one session, its first, and silences before its keep-alive probes. */
export const MOST_MESSAGES = 2000;
export const MOST_SILENCES = 32;
/** From so many stored messages on a session may have of the room that is kept back. */
const ESTABLISHED = 8;
const NONE = -1;

/** What only some sessions need: their messages, busy seconds and keep-alive probes, all out of one bounded pool. */
export class Details {
  readonly pool: SlotPool;
  /** Messages and probes that found no room. */
  lost = 0;

  constructor(pool = new SlotPool()) {
    this.pool = pool;
  }

  /** Moves what a record tells of its first two messages into a new detail. False when there is no room for one. */
  create(records: Int32Array, at: number): boolean {
    const detail = this.pool.take(NONE, false);
    if (detail === NONE) return false;
    const words = this.pool.wordsOf(detail);
    const base = this.pool.wordOf(detail);
    const flags = records[at + START_HIGH];
    words[base + HEAD] = NONE;
    words[base + TAIL] = NONE;
    words[base + SILENCE_HEAD] = NONE;
    words[base + SILENCE_TAIL] = NONE;
    words[base + RETRANSMITTED] = records[at + FIRST] & 0xff;
    words[base + BUSY_SECOND] = -0x8000_0000;
    const firstUs = records[at + FIRST] >>> 8;
    const secondUs = records[at + SECOND] >> 1;
    const secondOpens = (records[at + SECOND] & 1) !== 0;
    records[at + FIRST] = detail;
    records[at + START_HIGH] = flags | DETAILED;
    if ((flags & HAS_FIRST) !== 0) {
      const side = (flags & FIRST_SIDE) === 0 ? 0 : 1;
      this.append(detail, side, firstUs, true, records[at + BYTES + side] >>> 0);
      // Payload that never paused for more than a second came in every second from its first to its last.
      const from = Math.floor(firstUs / MICROSECONDS);
      const to = Math.floor((records[at + FRESH + side] >>> 0) / MICROSECONDS);
      words[base + BUSY] = to - from + 1;
      words[base + BUSY_SECOND] = to;
      if ((flags & HAS_SECOND) !== 0) {
        const other = 1 - side;
        this.append(detail, other, secondUs, secondOpens, records[at + BYTES + other] >>> 0);
        const freshUs = secondUs < 0 ? records[at + FRESH + other] : records[at + FRESH + other] >>> 0;
        const otherFrom = Math.floor(secondUs / MICROSECONDS);
        const otherTo = Math.floor(freshUs / MICROSECONDS);
        words[base + BUSY] += otherTo - otherFrom + 1 - shared(from, to, otherFrom, otherTo);
        words[base + BUSY_SECOND] = Math.max(to, otherTo);
      }
    }
    return true;
  }

  /** Begins a message. */
  append(detail: number, side: number, timeUs: number, opens: boolean, bytes: number): void {
    const { pool } = this;
    const words = pool.wordsOf(detail);
    const base = pool.wordOf(detail);
    const stored = words[base + STORED];
    words[base + SEEN]++;
    words[base + CURRENT + side] = 0;
    if (stored >= MOST_MESSAGES) return;
    let chunk = words[base + TAIL];
    if (stored % CHUNK_SLOTS === 0) {
      chunk = pool.take(chunk, stored >= ESTABLISHED);
      if (chunk === NONE) {
        this.lost++;
        return;
      }
      if (stored === 0) words[base + HEAD] = chunk;
      words[base + TAIL] = chunk;
    }
    const slot = stored % CHUNK_SLOTS;
    putMessage(pool.wordsOf(chunk), pool.wordOf(chunk) + 2 * slot, timeUs, side, opens, bytes);
    words[base + STORED] = stored + 1;
    words[base + CURRENT + side] = chunk * CHUNK_SLOTS + slot + 1;
  }

  /** Adds new payload to the message of a side that goes on. */
  enlarge(detail: number, side: number, bytes: number): void {
    const { pool } = this;
    const slot = pool.wordsOf(detail)[pool.wordOf(detail) + CURRENT + side] - 1;
    if (slot < 0) return;
    const chunk = Math.floor(slot / CHUNK_SLOTS);
    const at = pool.wordOf(chunk) + 2 * (slot % CHUNK_SLOTS);
    enlargeMessage(pool.wordsOf(chunk), at, Math.min(bytes, LARGEST_MESSAGE));
  }

  /** Notes that payload came in a second after the session's start. */
  markBusy(detail: number, second: number): void {
    const words = this.pool.wordsOf(detail);
    const base = this.pool.wordOf(detail);
    if (words[base + BUSY_SECOND] === second) return;
    words[base + BUSY_SECOND] = second;
    words[base + BUSY]++;
  }

  countRetransmission(detail: number): void {
    this.pool.wordsOf(detail)[this.pool.wordOf(detail) + RETRANSMITTED]++;
  }

  /** Notes that the bytes of a side passed 2^32. */
  carryBytes(detail: number, side: number): void {
    this.pool.wordsOf(detail)[this.pool.wordOf(detail) + BYTES_HIGH] += side === 0 ? 1 : 0x1_0000;
  }

  /** Notes a keep-alive probe, and the silence in seconds before it. */
  addProbe(detail: number, side: number, silenceS: number): void {
    const { pool } = this;
    const words = pool.wordsOf(detail);
    const base = pool.wordOf(detail);
    const known = words[base + SILENCES];
    words[base + PROBES + side]++;
    if (known >= MOST_SILENCES) return;
    let chunk = words[base + SILENCE_TAIL];
    if (known % CHUNK_SLOTS === 0) {
      chunk = pool.take(chunk, false);
      if (chunk === NONE) {
        this.lost++;
        return;
      }
      if (known === 0) words[base + SILENCE_HEAD] = chunk;
      words[base + SILENCE_TAIL] = chunk;
    }
    pool.numbersOf(chunk)[pool.wordOf(chunk) / 2 + (known % CHUNK_SLOTS)] = silenceS;
    words[base + SILENCES] = known + 1;
  }
}

/** How many seconds two ranges of them share. */
function shared(firstA: number, lastA: number, firstB: number, lastB: number): number {
  return Math.max(0, Math.min(lastA, lastB) - Math.max(firstA, firstB) + 1);
}
