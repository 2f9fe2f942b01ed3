import type { ByteReader } from 'pcap-ts-parser';

/** First bytes of a reading that are kept: more than it takes to tell what a file is. */
const MOST_KEPT = 1 << 18;

/** A reading that can begin again, as long as it has not come far: its first bytes are kept, and how it ended. */
export class Begun<Reader extends ByteReader> implements ByteReader {
  readonly reader: Reader;
  private kept = new Uint8Array(0);
  /** Bytes that came so far, as long as all of them are kept, and the place among them that is read next. */
  private length = 0;
  private position = 0;
  private isFar = false;
  private isWaiting = false;
  private end: { fault: unknown } | null = null;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (this.isFar) return this.reader.read(space);
    if (this.position < this.length) {
      const bytes = this.kept.subarray(this.position, Math.min(this.length, this.position + space.length));
      this.position += bytes.length;
      space.set(bytes);
      return space.subarray(0, bytes.length);
    }
    if (this.end === null) return this.next(space);
    if (this.end.fault !== null) throw this.end.fault;
    return space.subarray(0, 0);
  }

  /** Goes back to the first byte, and resolves with whether that can be done: where not, the reading is closed. */
  async rewind(): Promise<boolean> {
    this.position = 0;
    const canBeginAgain = !this.isFar && !this.isWaiting;
    if (!canBeginAgain || this.end !== null) await this.reader.close();
    return canBeginAgain;
  }

  async close(): Promise<void> {
    await this.reader.close();
  }

  private async next(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    this.isWaiting = true;
    try {
      const bytes = await this.reader.read(space);
      if (bytes.length === 0) this.end = { fault: null };
      else this.keep(bytes);
      return bytes;
    } catch (fault) {
      this.end = { fault };
      throw fault;
    } finally {
      this.isWaiting = false;
    }
  }

  private keep(bytes: Uint8Array): void {
    const { length } = this;
    this.length = this.position = length + bytes.length;
    this.isFar = this.length > MOST_KEPT;
    if (this.isFar) {
      this.kept = new Uint8Array(0);
      return;
    }
    if (length === 0) {
      this.kept = new Uint8Array(bytes);
      return;
    }
    if (this.length > this.kept.length) {
      const wider = new Uint8Array(Math.min(MOST_KEPT, Math.max(this.length, 2 * this.kept.length)));
      wider.set(this.kept.subarray(0, length));
      this.kept = wider;
    }
    this.kept.set(bytes, length);
  }
}
