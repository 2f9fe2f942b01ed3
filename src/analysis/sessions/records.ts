import { grownCapacity } from '../memory/growing-column.ts';
import { STRIDE } from './record.ts';

const FIRST_RECORDS = 1024;

/** Records of sessions by number; record `r` begins at `words[r * STRIDE]`. */
export class SessionRecords {
  length = 0;
  words = new Int32Array(FIRST_RECORDS * STRIDE);

  /** Makes room for the record of a number, zeros while it is new, and those before it. */
  reserve(number: number): void {
    this.length = Math.max(this.length, number + 1);
    if (this.length * STRIDE <= this.words.length) return;
    const words = new Int32Array(Math.max(this.length, grownCapacity(this.words.length / STRIDE)) * STRIDE);
    words.set(this.words);
    this.words = words;
  }

  /** Bytes of the records there are. */
  get bytes(): number {
    return this.length * STRIDE * 4;
  }
}

/** Sessions whose conversation has begun another one, in the order in which that happened. */
export class EndedSessions {
  readonly records = new SessionRecords();
  conversations = new Uint32Array(64);

  /** Keeps a copy of the record at `words[at]`. */
  push(conversation: number, words: Int32Array, at: number): void {
    const index = this.records.length;
    this.records.reserve(index);
    this.records.words.set(words.subarray(at, at + STRIDE), index * STRIDE);
    if (index === this.conversations.length) {
      const larger = new Uint32Array(index * 2);
      larger.set(this.conversations);
      this.conversations = larger;
    }
    this.conversations[index] = conversation;
  }
}
