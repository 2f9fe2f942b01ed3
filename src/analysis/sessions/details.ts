import { enlargeMessage, LARGEST_MESSAGE, putMessage } from './message.ts';
import {
  BUSY,
  BUSY_SECOND,
  BYTES,
  BYTES_HIGH,
  CURRENT,
  DETAILED,
  FIRST,
  FIRST_SIDE,
  FLAGS,
  FRESH,
  HAS_FIRST,
  HAS_SECOND,
  HEAD,
  MICROSECONDS,
  PROBES,
  RETRANSMITTED,
  SECOND,
  SEEN,
  SILENCE_HEAD,
  SILENCE_TAIL,
  SILENCES,
  STORED,
  TAIL,
} from './record.ts';
import { CHUNK_SLOTS, CHUNK_WORDS, SlotPool } from './slots.ts';

/** Messages kept of one session, its first: whole chunks; and silences before its keep-alive probes. */
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
    const base = detail * CHUNK_WORDS;
    const { words } = this.pool;
    const flags = records[at + FLAGS];
    words[base + HEAD] = NONE;
    words[base + TAIL] = NONE;
    words[base + SILENCE_HEAD] = NONE;
    words[base + SILENCE_TAIL] = NONE;
    words[base + RETRANSMITTED] = records[at + FIRST] & 0xff;
    words[base + BUSY_SECOND] = -0x8000_0000;
    const firstUs = records[at + FIRST] >>> 8;
    const secondUs = records[at + SECOND] >> 1;
    records[at + FIRST] = detail;
    records[at + FLAGS] = flags | DETAILED;
    if ((flags & HAS_FIRST) !== 0) {
      const side = (flags & FIRST_SIDE) === 0 ? 0 : 1;
      const from = Math.floor(firstUs / MICROSECONDS);
      this.append(detail, side, from, firstUs - from * MICROSECONDS, true, records[at + BYTES + side] >>> 0);
      // Payload that never paused for more than a second came in every second from its first to its last.
      const to = Math.floor((records[at + FRESH + side] >>> 0) / MICROSECONDS);
      let busy = to - from + 1;
      let last = to;
      if ((flags & HAS_SECOND) !== 0) {
        const other = 1 - side;
        const otherFrom = Math.floor(secondUs / MICROSECONDS);
        const opens = (records[at + SECOND] & 1) !== 0;
        this.append(
          detail,
          other,
          otherFrom,
          secondUs - otherFrom * MICROSECONDS,
          opens,
          records[at + BYTES + other] >>> 0,
        );
        const freshUs = secondUs < 0 ? records[at + FRESH + other] : records[at + FRESH + other] >>> 0;
        const otherTo = Math.floor(freshUs / MICROSECONDS);
        busy += otherTo - otherFrom + 1 - shared(from, to, otherFrom, otherTo);
        last = Math.max(to, otherTo);
      }
      this.pool.words[base + BUSY] = busy;
      this.pool.words[base + BUSY_SECOND] = last;
    }
    return true;
  }

  /**
   * Begins a message, whose second is busy.
   *
   * @param seconds whole seconds after the session's start, rounded down, and microseconds above that
   */
  append(detail: number, side: number, seconds: number, microseconds: number, opens: boolean, bytes: number): void {
    let { words } = this.pool;
    const base = detail * CHUNK_WORDS;
    const stored = words[base + STORED];
    const slot = stored % CHUNK_SLOTS;
    words[base + SEEN]++;
    if (words[base + BUSY_SECOND] !== seconds) {
      words[base + BUSY_SECOND] = seconds;
      words[base + BUSY]++;
    }
    if (slot === 0) {
      if (!this.takeChunk(base, stored)) {
        this.pool.words[base + CURRENT + side] = 0;
        return;
      }
      words = this.pool.words;
    }
    const at = words[base + TAIL] * CHUNK_WORDS + 2 * slot;
    words[base + STORED] = stored + 1;
    words[base + CURRENT + side] = at;
    putMessage(words, at, seconds, microseconds, side, opens, bytes);
  }

  /** Makes room for the next eight messages; false where there is none. */
  private takeChunk(base: number, stored: number): boolean {
    if (stored >= MOST_MESSAGES) return false;
    const { pool } = this;
    const chunk = pool.take(pool.words[base + TAIL], stored >= ESTABLISHED);
    if (chunk === NONE) {
      this.lost++;
      return false;
    }
    if (stored === 0) pool.words[base + HEAD] = chunk;
    pool.words[base + TAIL] = chunk;
    return true;
  }

  /** Adds new payload to the message of a side that goes on, in a second after the session's start. */
  enlarge(detail: number, side: number, second: number, bytes: number): void {
    const { words } = this.pool;
    const base = detail * CHUNK_WORDS;
    if (words[base + BUSY_SECOND] !== second) {
      words[base + BUSY_SECOND] = second;
      words[base + BUSY]++;
    }
    const at = words[base + CURRENT + side];
    if (at !== 0) enlargeMessage(words, at, Math.min(bytes, LARGEST_MESSAGE));
  }

  countRetransmission(detail: number): void {
    this.pool.words[detail * CHUNK_WORDS + RETRANSMITTED]++;
  }

  /** Notes that the bytes of a side passed 2^32. */
  carryBytes(detail: number, side: number): void {
    this.pool.words[detail * CHUNK_WORDS + BYTES_HIGH] += side === 0 ? 1 : 0x1_0000;
  }

  /** Notes a keep-alive probe, and the silence in milliseconds before it. */
  addProbe(detail: number, side: number, silenceMs: number): void {
    const { pool } = this;
    const base = detail * CHUNK_WORDS;
    let { words } = pool;
    const known = words[base + SILENCES];
    words[base + PROBES + side]++;
    if (known >= MOST_SILENCES) return;
    let chunk = words[base + SILENCE_TAIL];
    if (known % CHUNK_WORDS === 0) {
      chunk = pool.take(chunk, false);
      if (chunk === NONE) {
        this.lost++;
        return;
      }
      words = pool.words;
      if (known === 0) words[base + SILENCE_HEAD] = chunk;
      words[base + SILENCE_TAIL] = chunk;
    }
    words[chunk * CHUNK_WORDS + (known % CHUNK_WORDS)] = silenceMs | 0;
    words[base + SILENCES] = known + 1;
  }
}

/** How many seconds two ranges of them share. */
function shared(firstA: number, lastA: number, firstB: number, lastB: number): number {
  return Math.max(0, Math.min(lastA, lastB) - Math.max(firstA, firstB) + 1);
}
