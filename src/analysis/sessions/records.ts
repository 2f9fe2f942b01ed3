import { ChunkedRows } from '../memory/chunked-rows.ts';
import { STRIDE } from './record.ts';

/** Records of sessions by number. */
export class SessionRecords {
  length = 0;
  readonly rows = new ChunkedRows(Int32Array, STRIDE);

  /** Makes room for the record of a number, zeros while it is new, and those before it. */
  reserve(number: number): void {
    this.length = Math.max(this.length, number + 1);
    this.rows.reserve(number);
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
    const { rows } = this.records;
    rows.chunk(index).set(words.subarray(at, at + STRIDE), rows.place(index));
    if (index === this.conversations.length) {
      const larger = new Uint32Array(index * 2);
      larger.set(this.conversations);
      this.conversations = larger;
    }
    this.conversations[index] = conversation;
  }
}
