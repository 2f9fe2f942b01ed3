import type { ByteReader, ByteSource } from 'pcap-ts-parser';

/** A little more is read at once than a header. */
const WINDOW_BYTES = 1 << 16;
const PIECE_BYTES = 1 << 18;

/** Bytes of an archive that is listed, for places that only ever grow. What is handed out is good until the next call. */
export class ListedBytes {
  /** The archive's bytes from `start` on, as far as they were read. */
  private window: Uint8Array = new Uint8Array(0);
  private start = 0;
  private readonly readOn: ReadOn;

  private constructor(readOn: ReadOn) {
    this.readOn = readOn;
  }

  /** Of an archive that is in memory: nothing is read, and no room made for it, as it would be for thousands of small ones. */
  static inMemory(bytes: Uint8Array): ListedBytes {
    const listed = new ListedBytes(async (_, offset) => bytes.subarray(offset));
    listed.window = bytes;
    return listed;
  }

  /** Of an archive that is read at any place. */
  static anywhere(readAt: NonNullable<ByteSource['readAt']>): ListedBytes {
    return new ListedBytes(async (_, offset, length) => {
      return new Uint8Array(await readAt(offset, offset + Math.max(length, WINDOW_BYTES)));
    });
  }

  /** Of one that is read front to back. */
  static forwards(reader: ByteReader): ListedBytes {
    let position = 0;
    return new ListedBytes(async (before, offset, length) => {
      let space = new Uint8Array(Math.min(PIECE_BYTES, Math.max(0, offset - position)));
      while (position < offset) {
        const passed = await reader.read(space.subarray(0, offset - position));
        if (passed.length === 0) return passed;
        position += passed.length;
        space = new Uint8Array(passed.buffer);
      }
      const bytes = new Uint8Array(Math.max(length, WINDOW_BYTES));
      bytes.set(before);
      let count = before.length;
      // No more than is needed, but what comes with it: what is damaged behind it is told when it is asked for.
      while (count < length) {
        const piece = await reader.read(new Uint8Array(bytes.length - count));
        if (piece.length === 0) break;
        bytes.set(piece, count);
        count += piece.length;
        position += piece.length;
      }
      return bytes.subarray(0, count);
    });
  }

  /** Bytes from a place on where they are at hand: then nothing waits for them, as thousands of small files would. */
  ready(offset: number, length: number): Uint8Array | null {
    const at = offset - this.start;
    return at >= 0 && at + length <= this.window.length ? this.window.subarray(at, at + length) : null;
  }

  /** The same wherever they are, fewer only at the archive's end. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const before = this.window.subarray(Math.min(this.window.length, Math.max(0, offset - this.start)));
    this.window = await this.readOn(before, offset, length);
    this.start = offset;
    return this.window.subarray(0, length);
  }
}

/** Reads bytes from a place on, at least so many as far as there are; `before` are those of them that were read. */
type ReadOn = (before: Uint8Array, offset: number, length: number) => Promise<Uint8Array>;
