import { STRIDE } from './record.ts';

/** 768 KiB a block: room is taken when it is needed, and growing never copies. */
const BLOCK_BITS = 14;
const BLOCK_RECORDS = 1 << BLOCK_BITS;

/** The session that is going on in each conversation, by the conversation's number. */
export class SessionRecords {
  length = 0;
  private readonly blocks: Int32Array[] = [];

  /** Where the record of a conversation begins in its block; makes room for a new one. */
  place(conversation: number): number {
    if (conversation >= this.length) {
      this.length = conversation + 1;
      while (conversation >> BLOCK_BITS >= this.blocks.length) this.blocks.push(new Int32Array(BLOCK_RECORDS * STRIDE));
    }
    return (conversation & (BLOCK_RECORDS - 1)) * STRIDE;
  }

  /** The block that holds the record of a conversation. */
  blockOf(conversation: number): Int32Array {
    return this.blocks[conversation >> BLOCK_BITS];
  }

  /** Bytes taken so far. */
  get bytes(): number {
    return this.blocks.length * BLOCK_RECORDS * STRIDE * 4;
  }
}

/** Sessions whose conversation has begun another one, in the order in which that happened. */
export class EndedSessions {
  readonly records = new SessionRecords();
  conversations = new Uint32Array(64);

  /** Keeps a copy of the record at `records[at]`. */
  push(conversation: number, records: Int32Array, at: number): void {
    const index = this.records.length;
    const place = this.records.place(index);
    this.records.blockOf(index).set(records.subarray(at, at + STRIDE), place);
    if (index === this.conversations.length) {
      const larger = new Uint32Array(index * 2);
      larger.set(this.conversations);
      this.conversations = larger;
    }
    this.conversations[index] = conversation;
  }
}
