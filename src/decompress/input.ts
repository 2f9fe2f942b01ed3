import { type ByteReader, CaptureError } from 'pcap-ts-parser';

/** Compressed bytes are handed on in pieces of this size: small, because a byte can unpack to a thousand. */
const PIECE_BYTES = 1 << 14;
/**
 * The source is asked for little at first, since files are also opened for their first bytes alone, and then for up to this
 * much at once: a browser takes milliseconds for however little.
 */
const FIRST_BYTES = 1 << 10;
const MOST_AT_ONCE = 1 << 20;

const NOTHING = new Uint8Array(0);

/** That packed data is cut, at so many bytes. What of it is kept is for whoever reads it to say. */
export function endsEarly(what: string, offset: number): CaptureError {
  return new CaptureError('cut-compression', offset, `the ${what} data ends too early: another copy may be whole`);
}

/** Compressed bytes from front to back: as many as are needed at a time lie in `bytes[start, end)`. */
export class CompressedInput {
  bytes = NOTHING;
  start = 0;
  end = 0;
  /** Bytes taken from the source so far. */
  taken = 0;
  private readonly reader: ByteReader;
  /** What the source gave last and was not handed on yet, and how much it is asked for next. */
  private ahead = NOTHING;
  private asked = FIRST_BYTES;
  private most = MOST_AT_ONCE;
  private ended = false;

  constructor(reader: ByteReader) {
    this.reader = reader;
  }

  /** Offset in the compressed file of `bytes[start]`. */
  get offset(): number {
    return this.taken - (this.end - this.start);
  }

  /** Whether `count` bytes lie at `start` already: then nothing waits for them, as a million blocks of one byte would. */
  holds(count: number): boolean {
    return this.end - this.start >= count;
  }

  /** Makes `count` bytes lie at `start` as far as the source has them; resolves with whether they do. */
  async has(count: number): Promise<boolean> {
    while (this.end - this.start < count) {
      const piece = await this.nextPiece();
      if (piece.length === 0) return false;
      this.taken += piece.length;
      if (this.start === this.end) {
        // Nothing to put it behind: it serves where it lies.
        this.bytes = piece;
        this.start = 0;
        this.end = piece.length;
        continue;
      }
      this.makeRoom(count, Math.max(FIRST_BYTES, piece.length));
      this.bytes.set(piece, this.end);
      this.end += piece.length;
    }
    return true;
  }

  /** Like `has`, but throws the `CaptureError` that says the file is cut. */
  async need(count: number, what: string): Promise<void> {
    if (!(await this.has(count))) throw endsEarly(what, this.taken);
  }

  /**
   * The next `bytes` bytes, fewer at the source's end and none behind it. Always so many, however few the source gives
   * at a time: where a library stops at a fault, and what it gave before, depends on the pieces that it is given.
   */
  async piece(bytes = PIECE_BYTES): Promise<Uint8Array<ArrayBuffer>> {
    await this.has(bytes);
    const piece = this.bytes.slice(this.start, Math.min(this.end, this.start + bytes));
    this.start += piece.length;
    return piece;
  }

  /** Reads on as the source does, from what is at hand: for bytes that are not compressed. */
  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (this.start === this.end && this.ahead.length === 0) return this.reader.read(space);
    const bytes = this.start < this.end ? this.bytes.subarray(this.start, this.end) : this.ahead;
    const count = Math.min(space.length, bytes.length);
    space.set(bytes.subarray(0, count));
    if (this.start < this.end) this.start += count;
    else this.ahead = this.ahead.subarray(count);
    return space.subarray(0, count);
  }

  /** Closes the source and lets go of its bytes: thousands of files may be known at a time. */
  async close(): Promise<void> {
    this.bytes = this.ahead = NOTHING;
    await this.reader.close();
  }

  private async nextPiece(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.ahead.length === 0 && !this.ended) {
      const { asked } = this;
      this.ahead = await this.reader.read(new Uint8Array(asked));
      this.ended = this.ahead.length === 0;
      // Who has less has no use for more room, which is cleared for each piece, and for each of thousands of small files.
      if (this.ahead.length < asked) this.most = Math.min(this.most, PIECE_BYTES);
      this.asked = Math.min(this.ahead.length < asked ? asked : 16 * asked, this.most);
    }
    const piece = this.ahead.subarray(0, PIECE_BYTES);
    this.ahead = this.ahead.subarray(piece.length);
    return piece;
  }

  /** @param coming bytes that room is made for */
  private makeRoom(count: number, coming: number): void {
    const unread = this.end - this.start;
    if (this.end + coming <= this.bytes.length) return;
    // Doubling: room grows only as bytes really arrive, not by the count that a header claims.
    const size = Math.min(Math.max(count, unread) + coming, Math.max(this.bytes.length, 2 * unread + coming));
    const target = size > this.bytes.length ? new Uint8Array(size) : this.bytes;
    target.set(this.bytes.subarray(this.start, this.end));
    this.bytes = target;
    this.start = 0;
    this.end = unread;
  }
}
